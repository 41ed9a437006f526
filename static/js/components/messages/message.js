import { el, icon } from '../dom.js'
import { fill } from '../../models/words.js'
import { mayStillChange } from './actions.js'
import { hold } from './card.js'
import { answerBox, renewAnswers } from './form.js'
import { quote } from './quote.js'
import { reactionBar } from './reactions.js'
import { textFiller } from './text.js'

/** @typedef {import('../../models/rows.js').MessageRow} MessageRow */

/**
 * Makes one message: face, head, bubble, and what stands beside and below it.
 * @param {{texts: any, facePicture: typeof import('../../room/faces.js').facePicture, times: ReturnType<typeof import('../../models/clock.js').clock>, me: () => number,
 *   nameOf: (id: number) => string | undefined, math: () => boolean, still: () => boolean, held: () => string,
 *   calledBy: (item: import('../../models/timeline.js').Item) => import('../../models/calls.js').Called[]}} page
 *   `still`: nothing here can be changed. `held`: why I may neither answer a card nor react for now, if so.
 */
export function messageMaker({
  texts,
  facePicture,
  times,
  me,
  nameOf,
  math,
  still,
  held,
  calledBy,
}) {
  const reacting = { me, nameOf, words: texts.message, still: () => still() || held() !== '' }
  const choosing = { me, nameOf, words: texts.card, names: texts.message, time: times.moment, held }
  const fillText = textFiller({ words: texts.message, me, math })
  /** Long ones that somebody wanted to see whole, by number. @type {Set<number>} */
  const unfolded = new Set()

  return { build, change, unfold, hold: holdBack }

  /** @param {MessageRow} row @returns {HTMLElement} */
  function build(row) {
    const { user, first, growing } = row
    const node = el(
      'article',
      {
        class: `message${kind(row)}${first ? ' message--first' : ''}`,
        tabindex: -1,
        'aria-label': label(row),
        // Read once and whole, when it has ended.
        'aria-busy': growing ? 'true' : undefined,
        'aria-live': growing ? 'off' : undefined,
      },
      first ? face(user) : undefined,
      body(row),
    )
    patch(node, row)
    number(node, row)
    return node
  }

  /** @param {HTMLElement} node @param {MessageRow} was @param {MessageRow} row @returns {boolean} */
  function change(node, was, row) {
    if (was.growing ? !sameAuthor(was, row) : !same(was, row)) return false
    if (was.growing) (row.growing ? grow : finish)(node, was, row)
    else if (callsOf(was) !== callsOf(row)) callOut(node, row)
    if (was.item?.seq !== row.item?.seq) number(node, row)
    if (was.at !== row.at) tellTime(node, row)
    if (was.item?.card !== row.item?.card) choose(node, was, row)
    if (was.item?.reactions !== row.item?.reactions) react(node, row)
    if (was.state !== row.state || was.fault !== row.fault || was.newest !== row.newest)
      patch(node, row)
    return true
  }

  /** Only what is new is changed. @param {HTMLElement} node @param {MessageRow} was @param {MessageRow} row */
  function grow(node, was, row) {
    /** @type {HTMLElement | null} */
    const shown = node.querySelector('.bubble')
    if (was.text === '' && row.text !== '') shown?.replaceWith(bubble(row))
    else if (was.text !== row.text && shown) fillText(shown, row.text, { growing: true })
    if (was.mayStop !== row.mayStop) node.querySelector('.message__body')?.replaceWith(body(row))
  }

  /** An own line that everybody got: now it is known whom it calls. @param {HTMLElement} node @param {MessageRow} row */
  function callOut(node, row) {
    const shown = node.querySelector('.bubble')
    if (shown instanceof HTMLElement) fillText(shown, row.text, beside(row))
  }

  /** What of a message its text is to know. @param {MessageRow} row */
  function beside({ item }) {
    const choices = item?.card?.choices.map(({ label }) => label)
    return { called: item ? calledBy(item) : [], ...(choices && { choices }) }
  }

  /** @param {HTMLElement} node @param {MessageRow} row */
  function react(node, { item }) {
    const shown = node.querySelector('.reactions')
    const focused = shown?.contains(document.activeElement)
    shown?.remove()
    if (item?.reactions)
      (node.querySelector('.choices') ?? node.querySelector('.message__line'))?.after(
        reactionBar(item.reactions, reacting),
      )
    if (focused) node.focus({ preventScroll: true })
  }

  /** @param {HTMLElement} node @param {MessageRow} was @param {MessageRow} row */
  function choose(node, was, { item }) {
    const shown = node.querySelector('.choices')
    if (shown instanceof HTMLElement && was.item?.card && item?.card)
      renewAnswers(shown, asked(was.item.card), asked(item.card), choosing)
  }

  /** I may neither answer nor react for now, or may again. @param {HTMLElement} node @param {MessageRow} row */
  function holdBack(node, row) {
    const shown = node.querySelector('.choices')
    if (shown instanceof HTMLElement) hold(shown, held())
    react(node, row)
  }

  /** Where nothing can be changed, nobody is asked. @param {import('../../models/apply.js').Card} card */
  function asked(card) {
    return still() ? { ...card, closed: /** @type {const} */ (true) } : card
  }

  /** The message takes the place of what grew: added anew, it is read out. @param {HTMLElement} node @param {MessageRow} _was @param {MessageRow} row */
  function finish(node, _was, row) {
    const focused = node !== document.activeElement && node.contains(document.activeElement)
    node.removeAttribute('aria-busy')
    node.removeAttribute('aria-live')
    node.setAttribute('aria-label', label(row))
    node.className = `message${kind(row)}${row.first ? ' message--first' : ''}`
    node.querySelector('.message__body')?.replaceWith(body(row))
    if (focused) node.focus({ preventScroll: true })
  }

  /** @param {MessageRow} row */
  function label({ user, at }) {
    return fill(texts.room.sentAt, { name: user.name, time: times.time(at) })
  }

  /** @param {MessageRow} row */
  function body(row) {
    const ended = row.item?.ended ?? 'done'
    const reply = row.item?.reply ?? row.line?.reply
    const { reactions, card } = row.item ?? {}
    return el(
      'div',
      { class: 'message__body' },
      row.first ? head(row) : undefined,
      reply ? quote(reply, texts.room) : undefined,
      el('div', { class: 'message__line' }, bubble(row), side(row)),
      isFolded(row) ? unfoldButton() : undefined,
      card ? answerBox(asked(card), choosing) : undefined,
      reactions ? reactionBar(reactions, reacting) : undefined,
      row.mayStop ? stopButton() : undefined,
      ended === 'done' ? undefined : el('p', { class: 'message__end' }, texts.room.ended[ended]),
    )
  }

  /** What a bot writes was asked for. @param {MessageRow} row */
  function isFolded({ text, user, item }) {
    return user.kind !== 'bot' && !unfolded.has(item?.seq ?? 0) && linesIn(text) > FOLDED_LINES
  }

  function unfoldButton() {
    const button = { type: 'button', class: 'link message__unfold', 'data-unfold': true }
    return el('button', button, texts.message.unfold)
  }

  /** Shows a long one whole, from now on. @param {HTMLElement} node @param {MessageRow} row */
  function unfold(node, { item }) {
    if (item) unfolded.add(item.seq)
    node.querySelector('.bubble')?.classList.remove('bubble--long')
    node.querySelector('.message__unfold')?.remove()
    node.focus({ preventScroll: true })
  }

  function stopButton() {
    const { stop } = texts.message
    const button = { type: 'button', class: 'button message__stop', 'data-act': 'stop' }
    return el('button', button, icon('stop'), stop)
  }

  /** @param {import('../../models/timeline.js').User} user */
  function face(user) {
    return facePicture(user, {
      class: user.kind === 'bot' ? 'avatar avatar--bot message__face' : 'avatar message__face',
      width: 40,
      height: 40,
      decoding: 'async',
    })
  }

  /** @param {MessageRow} row */
  function head({ user, own, at, whisper }) {
    const badge =
      user.kind === 'bot' ? el('span', { class: 'badge' }, icon('bird'), texts.bot) : undefined
    return el(
      'header',
      { class: 'message__head' },
      own ? undefined : el('bdi', { class: 'message__name' }, user.name),
      badge,
      headTime(at),
      whisper ? el('span', { class: 'message__aside' }, texts.room.whisper) : undefined,
    )
  }

  /** @param {MessageRow} row */
  function bubble(row) {
    const { text, growing, user } = row
    if (growing && text === '') return thinking(user)
    const look = onlyEmoji(text) ? ' bubble--emoji' : PILED.test(text) ? ' bubble--piled' : ''
    const fold = isFolded(row) ? ' bubble--long' : ''
    const made = el('div', { class: `bubble${look}${fold}`, dir: 'auto' })
    fillText(made, text, { growing: growing !== undefined, ...beside(row) })
    return made
  }

  /** @param {import('../../models/timeline.js').User} user */
  function thinking({ name }) {
    const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'))
    return el(
      'div',
      { class: 'bubble bubble--thinking' },
      dots,
      fill(texts.room.thinking, { a: name }),
    )
  }

  /** @param {MessageRow} row */
  function side({ first, own, at, item }) {
    return el(
      'div',
      { class: 'message__side' },
      own ? el('span', { class: 'message__state' }) : undefined,
      item?.edited ? editedMark(item.edited) : undefined,
      first ? undefined : lateTime(at),
    )
  }

  /** @param {number} at */
  function headTime(at) {
    const told = { datetime: new Date(at).toISOString(), title: times.full(at) }
    return el('time', told, times.time(at))
  }

  /** @param {number} at */
  function lateTime(at) {
    const datetime = new Date(at).toISOString()
    return el('time', { class: 'message__late', datetime, 'aria-hidden': 'true' }, times.time(at))
  }

  /** A line that had to wait is as old as the room has it. @param {HTMLElement} node @param {MessageRow} row */
  function tellTime(node, row) {
    const shown = node.querySelector('.message__head time, .message__late')
    shown?.replaceWith(row.first ? headTime(row.at) : lateTime(row.at))
    node.setAttribute('aria-label', label(row))
  }

  /** @param {number} at */
  function editedMark(at) {
    return el('span', { class: 'message__edited', title: times.full(at) }, texts.room.edited)
  }

  /** What changes during the life of an own line: its state. @param {HTMLElement} node @param {MessageRow} row */
  function patch(node, row) {
    const { state, fault, newest } = row
    node.classList.toggle('is-newest', newest)
    if (node.dataset.state === state && node.dataset.fault === fault) return
    node.dataset.state = state
    node.dataset.fault = fault
    if (!state) return

    const { message } = texts
    const drawing = { waiting: 'clock', sending: 'clock', sent: 'check', failed: 'alert' }[state]
    const mark = node.querySelector('.message__state')
    mark?.replaceChildren(icon(drawing), el('span', { class: 'hidden' }, message[state]))
    mark?.setAttribute('title', message[state])

    node.querySelector('.message__fault')?.remove()
    const body = node.querySelector('.message__body')
    if (state === 'failed') body?.append(failure(row))
    else if (state === 'waiting' && fault) body?.append(el('p', { class: 'message__fault' }, fault))
  }

  /** It is in the room: one can answer it, and change it. @param {HTMLElement} node @param {MessageRow} row */
  function number(node, { item }) {
    if (item) node.dataset.seq = String(item.seq)
  }

  /** @param {MessageRow} row */
  function failure(row) {
    const { message } = texts
    const button = (/** @type {string} */ name) =>
      el('button', { type: 'button', class: 'link', 'data-act': name }, message[name])
    return el(
      'p',
      { class: 'message__fault', role: 'alert' },
      el('span', {}, row.fault || message.failed),
      ...['retry', ...(mayStillChange(row) ? ['edit'] : []), 'remove'].flatMap((name) => [
        ' ',
        button(name),
      ]),
    )
  }
}

/** @param {MessageRow} row */
const kind = ({ own, whisper, growing, user, called }) => {
  if (own) return ' message--own'
  if (called) return ` message--called${user.kind === 'bot' ? ' message--bot' : ''}`
  if (whisper) return ' message--whisper'
  if (growing) return ' message--bot is-growing'
  return user.kind === 'bot' ? ' message--bot' : ''
}

/** Whether a row can keep its node. What a state changes is patched. @param {MessageRow} a @param {MessageRow} b */
const same = (a, b) =>
  sameAuthor(a, b) &&
  a.text === b.text &&
  a.item?.edited === b.item?.edited &&
  a.called === b.called &&
  !a.item?.card === !b.item?.card &&
  (a.item?.reply ?? a.line?.reply)?.data === (b.item?.reply ?? b.line?.reply)?.data

/** @param {MessageRow} row */
const callsOf = ({ item }) => `${item?.mentions?.join() ?? ''}/${item?.all ?? ''}`

/** @param {MessageRow} a @param {MessageRow} b */
const sameAuthor = (a, b) =>
  a.first === b.first && a.user.name === b.user.name && a.user.imageid === b.user.imageid

/** More lines than that are folded. */
const FOLDED_LINES = 24
/** Characters in a line of a phone; a Chinese one counts twice. */
const LINE_UNITS = 40
/** About as many lines as a text takes on a phone. @param {string} text */
const linesIn = (text) =>
  text.length <= FOLDED_LINES && !text.includes('\n')
    ? 1
    : text
        .split('\n')
        .reduce((all, line) => all + Math.max(1, Math.ceil(unitsIn(line) / LINE_UNITS)), 0)
/** @param {string} line */
const unitsIn = (line) => line.length + (line.match(/[\u1100-\uffff]/g)?.length ?? 0)

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\u200D|\p{Emoji_Modifier})*){1,8}$/u
/** More marks over one letter than any language needs. */
const PILED = /\p{M}{4}/u
/** A few emoji and nothing else are shown large. @param {string} text */
const onlyEmoji = (text) => text.length <= 32 && EMOJI.test(text.trim())
