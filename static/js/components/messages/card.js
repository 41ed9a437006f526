import { el, icon } from '../dom.js'
import { fill } from '../../models/words.js'
import { isMine, NAMED, whoIn } from './reactions.js'
import { serverNow } from '../../server-time.js'
import { LONGEST_MS } from '../../timers.js'

/**
 * @typedef {import('../../models/apply.js').Card} Card
 * @typedef {import('../../models/apply.js').Choice} Choice
 * @typedef {{me: () => number, nameOf: (id: number) => string | undefined, words: any, names: any,
 *   time: (at: number) => string, held: () => string}} Page `words`: `texts.card`. `names`: `texts.message`. `time`: a
 *   moment in words. `held`: why I may not answer for now, if so.
 */

/**
 * The choices under a bot's message: buttons where one may be chosen, boxes where several may. Not read out by itself:
 * the message says the same, and a count is no news.
 * @param {Card} card @param {Page} page @param {readonly string[]} [ticked] Boxes that are ticked and not sent yet.
 */
export function choiceBox(card, page, ticked) {
  const { words } = page
  const open = isOpen(card)
  const mine = chosen(card, page.me())
  const shown = mine.length > 0 || !open
  const make = open ? (card.many ? box : press) : outcome
  const rows = card.choices.map((choice) => {
    const on = (open && ticked ? ticked : mine).includes(choice.id)
    return make(choice, on, inner(choice, { card, on: on && !(open && card.many), shown, page }))
  })
  const send = { type: 'button', class: 'button choices__send', 'data-act': 'answer' }
  const label = mine.length > 0 ? words.change : words.send
  const node = el(
    'div',
    { class: 'choices', role: 'group', 'aria-label': words.choices, 'aria-live': 'off' },
    ...rows,
    open && card.many ? el('button', send, label) : undefined,
    el('p', { class: 'choices__state' }, stateOf(card, mine.length > 0, page)),
  )
  if (open && card.until !== undefined)
    closeInTime(node, card.until, () => renewChoices(node, card, card, page))
  hold(node, page.held())
  return node
}

/**
 * The same choices as they stand now: what was ticked and not sent yet stays, and so does the focus.
 * @param {HTMLElement} node @param {Card} was @param {Card} card @param {Page} page
 */
export function renewChoices(node, was, card, page) {
  const same = chosen(was, page.me()).join() === chosen(card, page.me()).join()
  const { activeElement } = document
  const focused = activeElement instanceof HTMLElement && node.contains(activeElement)
  const { choice } = (focused && activeElement.dataset) || {}
  const fresh = choiceBox(card, page, same ? tickedIn(node) : undefined)
  node.replaceWith(fresh)
  if (!focused) return
  const place = choice === undefined ? '.choices__send' : `[data-choice="${CSS.escape(choice)}"]`
  /** @type {HTMLElement | null} */
  const again = fresh.querySelector(`${place}:enabled`) ?? fresh.closest('.message')
  again?.focus({ preventScroll: true })
}

/** Of notes on the page, so that what they are about finds them. */
let notes = 0

/**
 * Nothing here can be pressed as long as its reader may not answer, and it says why; what is ticked or written stays.
 * @param {HTMLElement} node What people answer by. @param {string} why Empty: they may.
 */
export function hold(node, why) {
  /** @type {NodeListOf<HTMLButtonElement | HTMLInputElement>} */
  const pressed = node.querySelectorAll('button, .choice__box')
  const focused = [...pressed].includes(/** @type {any} */ (document.activeElement))
  for (const control of pressed) control.disabled = why !== ''
  node.querySelector('.choices__held')?.remove()
  node.removeAttribute('aria-describedby')
  if (why === '' || pressed.length === 0) return
  const id = `held-${++notes}`
  node.setAttribute('aria-describedby', id)
  node.append(el('p', { class: 'choices__held', id }, why))
  /** @type {HTMLElement | null} */
  const message = node.closest('.message')
  if (focused) message?.focus({ preventScroll: true })
}

/** Ids of the boxes that are ticked; undefined: it has none. @param {Element} node */
export function tickedIn(node) {
  const boxes = [...node.querySelectorAll('input')]
  return boxes.length > 0
    ? boxes.filter(({ checked }) => checked).map(({ dataset }) => dataset.choice ?? '')
    : undefined
}

/** @param {Card} card @param {number} me */
const chosen = ({ choices }, me) =>
  choices.filter((choice) => isMine(choice, me)).map(({ id }) => id)

/** Have I? @param {Card} card @param {number} me */
export const answered = (card, me) => chosen(card, me).length > 0

/** @param {Card} card */
export const isOpen = ({ closed, until }) => !closed && (until === undefined || serverNow() < until)

/** @param {Choice} choice @param {boolean} on @param {Node[]} inside */
const press = ({ id }, on, inside) =>
  el(
    'button',
    {
      type: 'button',
      class: 'choice',
      'data-act': 'answer',
      'data-choice': id,
      'aria-pressed': String(on),
    },
    ...inside,
  )

/** @param {Choice} choice @param {boolean} on @param {Node[]} inside */
function box({ id }, on, inside) {
  const input = el('input', { type: 'checkbox', class: 'choice__box', 'data-choice': id })
  if (input instanceof HTMLInputElement) input.checked = on
  return el('label', { class: 'choice' }, input, ...inside)
}

/** @param {Choice} _choice @param {boolean} on @param {Node[]} inside */
const outcome = (_choice, on, inside) =>
  el('div', { class: on ? 'choice is-mine' : 'choice' }, ...inside)

/** @param {Choice} choice @param {{card: Card, on: boolean, shown: boolean, page: Page}} how @returns {Node[]} */
function inner({ label, users, count }, { card, on, shown, page }) {
  const { words, names, nameOf } = page
  const text = el('span', { class: 'choice__label', dir: 'auto' }, label)
  if (!shown) return [text]
  const who = count > 0 ? whoIn({ users, count }, { nameOf, words: names, most: NAMED }) : ''
  const share = el('progress', {
    class: 'choice__share',
    max: Math.max(card.people, 1),
    value: count,
    'aria-hidden': 'true',
  })
  const mark = on
    ? [
        el(
          'span',
          { class: 'choice__mine' },
          icon('check'),
          el('span', { class: 'hidden' }, words.mine),
        ),
      ]
    : []
  return [text, ...mark, el('span', { class: 'choice__count', title: who }, String(count)), share]
}

/** @param {Card} card @param {boolean} given I have answered. @param {Page} page */
export function stateOf(card, given, { words, time }) {
  const { closed, once, many, people, until } = card
  const counted = people === 1 ? words.answeredOne : fill(words.answered, { n: people })
  if (closed) return [words.closed, counted].join(words.between)
  if (!isOpen(card)) return [words.expired, counted].join(words.between)
  const fewOrOne = many ? words.several : words.one
  const asks = once === 'first' ? words.first : card.fields ? counted : fewOrOne
  const end = until === undefined ? [] : [fill(words.until, { time: time(until) })]
  return [...(given ? [counted, words.mayChange] : [asks]), ...end].join(words.between)
}

/** When its time is over the card says so, if it is still there. @param {HTMLElement} node @param {number} until @param {() => void} renew */
export function closeInTime(node, until, renew) {
  const wait = until - serverNow()
  if (wait > LONGEST_MS) return
  setTimeout(() => node.isConnected && renew(), wait + 1)
}
