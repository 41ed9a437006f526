import { el } from '../dom.js'
import { fill } from '../../models/words.js'
import { answered, choiceBox, closeInTime, hold, isOpen, renewChoices, stateOf } from './card.js'

/**
 * @typedef {import('../../models/apply.js').Card} Card
 * @typedef {import('../../models/apply.js').Field} Field
 * @typedef {import('./card.js').Page} Page
 */

/** Of fields on the page, so that a label and a fault find theirs. */
let count = 0

/** What people answer by, under a bot's message. @param {Card} card @param {Page} page */
export const answerBox = (card, page) => (card.fields ? formBox(card, page) : choiceBox(card, page))

/** @param {HTMLElement} node @param {Card} was @param {Card} card @param {Page} page */
export function renewAnswers(node, was, card, page) {
  if (card.fields) renewForm(node, card, page)
  else renewChoices(node, was, card, page)
}

/** A short form: what is written goes to the bot alone. @param {Card} card @param {Page} page */
function formBox(card, page) {
  const { words } = page
  const open = isOpen(card)
  const state = el('p', { class: 'choices__state' }, sayState(card, page))
  const box = { class: 'choices', 'aria-label': words.form, 'aria-live': 'off' }
  if (!open) return el('div', { ...box, role: 'group' }, state)
  const [sent] = card.choices
  const send = { type: 'submit', class: 'button choices__send', 'data-act': 'fill' }
  const node = el(
    'form',
    { ...box, novalidate: true, autocomplete: 'off' },
    ...(card.fields ?? []).map((field) => line(field, words)),
    el('button', send, sent?.label ?? words.send),
    state,
  )
  // Enter in a field presses the button; what it does is done there.
  node.addEventListener('submit', (event) => event.preventDefault())
  if (card.until !== undefined) closeInTime(node, card.until, () => renewForm(node, card, page))
  hold(node, page.held())
  return node
}

/** What is written and not sent yet stays, as long as it can be sent. @param {HTMLElement} node @param {Card} card @param {Page} page */
function renewForm(node, card, page) {
  const state = node.querySelector('.choices__state')
  if (isOpen(card) && state) {
    state.textContent = sayState(card, page)
    return
  }
  const focused = node.contains(document.activeElement)
  const message = node.closest('.message')
  node.replaceWith(formBox(card, page))
  if (focused && message instanceof HTMLElement) message.focus({ preventScroll: true })
}

/** @param {Card} card @param {Page} page */
function sayState(card, page) {
  const { words } = page
  const state = stateOf(card, answered(card, page.me()), page)
  return isOpen(card) ? [state, words.botAlone].join(words.between) : state
}

/** @param {Field} field @param {any} words */
function line(field, words) {
  const id = `field-${++count}`
  const fault = `${id}-fault`
  const common = {
    id,
    class: 'field__input',
    'data-field': field.id,
    'data-kind': field.type,
    'aria-describedby': fault,
    ...(field.optional ? {} : { 'aria-required': 'true' }),
  }
  const label = field.optional ? fill(words.optional, { label: field.label }) : field.label
  return el(
    'div',
    { class: 'field' },
    el('label', { class: 'field__label', for: id, dir: 'auto' }, label),
    el('span', { class: 'field__box' }, input(field, common, words)),
    el('p', { class: 'field__error', id: fault }),
  )
}

/** @param {Field} field @param {Record<string, string>} common @param {any} words */
function input(field, common, words) {
  if (field.type === 'choice')
    return el(
      'select',
      common,
      el('option', { value: '' }, words.pick),
      ...(field.options ?? []).map(({ id, label }) => el('option', { value: id }, label)),
    )
  // A browser's own field for numbers takes a letter for nothing, and changes under the wheel.
  const keys = field.type === 'number' ? (field.whole ? 'numeric' : 'decimal') : undefined
  return el('input', { ...common, type: 'text', inputmode: keys, dir: 'auto' })
}

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** @param {Element} form @returns {Control[]} */
const controls = (form) =>
  [...form.querySelectorAll('[data-field]')].filter(
    (one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement,
  )

/** What is written, by id of the field; what is no number goes as it is, and is refused in words. @param {Element} form */
export function valuesIn(form) {
  return Object.fromEntries(
    controls(form).flatMap((control) => {
      const { field = '', kind } = control.dataset
      const text = control.value.trim()
      if (text === '') return []
      const number = Number(text.normalize('NFKC'))
      return [[field, kind === 'number' && Number.isFinite(number) ? number : text]]
    }),
  )
}

/** A sentence beside each field that does not hold; the first of them gets the focus. @param {Element} form @param {Readonly<Record<string, string>>} [faults] */
export function showFaults(form, faults = {}) {
  /** @type {Control | undefined} */
  let first
  for (const control of controls(form)) {
    const fault = faults[control.dataset.field ?? ''] ?? ''
    const place = form.querySelector(`#${control.getAttribute('aria-describedby')}`)
    if (place) place.textContent = fault
    if (fault) control.setAttribute('aria-invalid', 'true')
    else control.removeAttribute('aria-invalid')
    if (fault) first ??= control
  }
  first?.focus({ preventScroll: true })
  first?.closest('.field')?.scrollIntoView({ block: 'nearest' }) // with its label
}
