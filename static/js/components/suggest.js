import { wordAt } from '../models/suggestions.js'
import { composing, el, icon } from './dom.js'

/**
 * @typedef {import('../models/suggestions.js').Sign} Sign
 * @typedef {{insert: string, label: string, note?: string, picture?: Node, also?: string, about?: string, owner?: string, whole?: boolean}} Option
 *   What stands in the text instead of the word, what the list says of it, and how it is drawn. `also`: its other names.
 *   `about`: a sentence under them. `owner`: who answers. `whole`: it stands there as it is, and Enter is to send it.
 */

/**
 * A list over the field that finishes the word being written: arrows move, Enter and Tab take, Escape closes until
 * another word begins. The focus stays in the field, as the pattern of a listbox asks.
 * What was written to its end (`:tada:`) is taken by itself, if it means something.
 * @param {{input: HTMLTextAreaElement, list: HTMLElement,
 *   sources: Partial<Record<Sign, (query: string, whole: boolean) => Option[] | Promise<Option[]>>>}} options
 */
export function suggest({ input, list, sources }) {
  /** @type {Option[]} */
  let options = []
  let active = 0
  /** @type {import('../models/suggestions.js').Word | undefined} */
  let word
  /** Whose options these are: while another's are on their way, nothing is taken. @type {typeof word} */
  let drawn
  /** The word that was closed with Escape begins here. */
  let closedAt = -1

  input.addEventListener('input', () => void look())
  input.addEventListener('click', () => void look())
  input.addEventListener('blur', close)
  // Before the field's own: Enter takes an entry instead of sending.
  input.addEventListener('keydown', onKey, { capture: true })
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    const index = [...list.children].findIndex(
      (one) => target instanceof Node && one.contains(target),
    )
    if (index >= 0) take(index)
  })

  async function look() {
    word = wordAt(input.value, input.selectionStart)
    if (!word) closedAt = -1
    const source = word && word.from !== closedAt ? sources[word.sign] : undefined
    if (!word || !source) return close()

    const asked = word
    const { value } = input
    const found = await source(word.query, word.whole === true)
    // What was sent meanwhile is gone from the field without a word to anybody.
    if (asked !== word || input.value !== value || document.activeElement !== input) return
    options = found
    drawn = word
    if (asked.whole) take(0)
    else show()
  }

  function show() {
    if (options.length === 0) return close()
    active = 0
    list.replaceChildren(...options.map(entry))
    list.hidden = false
    point()
  }

  function close() {
    word = undefined
    options = []
    list.hidden = true
    input.removeAttribute('aria-activedescendant')
  }

  function point() {
    for (const [index, one] of [...list.children].entries()) {
      one.setAttribute('aria-selected', String(index === active))
    }
    list.children[active]?.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', `suggest-${active}`)
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (list.hidden || drawn !== word || composing(event)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key, shiftKey } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      active = (active + (key === 'ArrowDown' ? 1 : -1) + options.length) % options.length
      point()
    } else if (key === 'Enter' && options[active]?.whole) {
      return close()
    } else if ((key === 'Enter' || key === 'Tab') && !shiftKey) {
      take(active)
    } else if (key === 'Tab') {
      return close() // on the way back to the messages the list is no stop
    } else if (key === 'Escape') {
      closedAt = word?.from ?? -1
      close()
    } else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  /** @param {number} index */
  function take(index) {
    const option = options[index]
    if (!option || !word || drawn !== word) return
    const { from, to, whole } = word
    input.setRangeText(whole ? option.insert : `${option.insert} `, from, to, 'end')
    close()
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.focus({ preventScroll: true })
  }
}

/** @param {Option} option @param {number} index */
const entry = ({ label, note, picture, also, about, owner }, index) =>
  el(
    'li',
    { class: 'suggest__entry', role: 'option', id: `suggest-${index}`, 'aria-selected': 'false' },
    picture,
    also === undefined && about === undefined
      ? el('bdi', { class: 'suggest__label' }, label)
      : el(
          'span',
          { class: 'suggest__text' },
          el(
            'span',
            { class: 'suggest__names' },
            el('bdi', { class: 'suggest__label' }, label),
            also ? el('bdi', { class: 'suggest__also' }, ` ${also}`) : undefined,
          ),
          about ? el('bdi', { class: 'suggest__about' }, about) : undefined,
        ),
    note ? el('span', { class: 'suggest__note' }, note) : undefined,
    owner
      ? el('span', { class: 'badge suggest__owner' }, icon('bird'), el('bdi', {}, owner))
      : undefined,
  )
