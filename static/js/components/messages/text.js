import { mayHoldFormula } from '../../models/formulas.js'
import { textNodes } from '../links.js'
import { morph, morphInto } from '../morph.js'
import { withCalls } from './calls.js'

/** What may be Markdown; a text without any of this is shown as it stands, and never asks for the part that reads it. */
const MARKED =
  /[`*_~]|\]\(|<(?:https?|mailto):|^ {0,3}(?:#{1,6} |> ?|[-+] |\d{1,9}[.)] |-{3,}\s*$)|\| *:?-/mu

/**
 * @typedef {import('../../markdown/blocks.js').Block} Block
 * @typedef {{growing?: boolean, called?: readonly import('../../models/calls.js').Called[], choices?: readonly string[]}} Options
 *   `growing`: more of it will come. `called`: whom it calls. `choices`: what stands under it to be chosen from.
 */

/**
 * Puts a message's text into its bubble, and changes there only what is new.
 * @param {{words: any, me: () => number, math: () => boolean}} page `words`: `texts.message`. `math`: `$…$` is a formula here.
 */
export function textFiller({ words, me, math }) {
  /** @type {typeof import('../../markdown/blocks.js').blocksOf | undefined} */
  let blocksOf
  let fetching = false
  /** Shown as they stand, until Markdown can be read. @type {Map<HTMLElement, [string, Options]>} */
  const waiting = new Map()
  /** Of what a bubble's children are made. @type {WeakMap<HTMLElement, string[]>} */
  const made = new WeakMap()

  return fill

  /** @param {HTMLElement} bubble @param {string} text @param {Options} [options] */
  function fill(bubble, text, options = {}) {
    const { growing = false, called = [], choices = [] } = options
    const marked = MARKED.test(text) || (math() && mayHoldFormula(text))
    if (marked && !blocksOf) {
      waiting.set(bubble, [text, options])
      void fetch()
    }
    const blocks = marked ? blocksOf?.(text, words, { growing, math: math() }) : undefined
    bubble.classList.toggle('bubble--rich', blocks !== undefined)
    if (blocks) lay(bubble, blocks, called, choices)
    else {
      made.delete(bubble)
      morph(bubble, withCalls(textNodes(text), called, me()))
    }
  }

  /**
   * @param {HTMLElement} bubble @param {Block[]} blocks @param {readonly import('../../models/calls.js').Called[]} called
   * @param {readonly string[]} choices
   */
  function lay(bubble, blocks, called, choices) {
    const before = made.get(bubble)
    const callers = called.map(({ id, names }) => [id, ...names].join(' ')).join('\n')
    const sources = blocks.map(({ source }) => `${source}\n${callers}`)
    if (!before) bubble.replaceChildren()
    blocks.forEach(({ make }, place) => {
      const old = bubble.children[place]
      if (old && before?.[place] === sources[place]) return
      const block = make()
      withCalls([block], called, me())
      if (old) morphInto(old, block)
      else bubble.append(block)
    })
    while (bubble.children.length > blocks.length) bubble.lastElementChild?.remove()
    // Who sees the buttons need not read them twice; to who hears the message they are read with it.
    for (const list of bubble.querySelectorAll(':scope > ol'))
      list.classList.toggle('hidden', isListOf(choices, list))
    made.set(bubble, sources)
  }

  async function fetch() {
    if (fetching) return
    fetching = true
    const part = await import('../../markdown/blocks.js').catch(() => undefined)
    fetching = false // the next text tries again
    if (!part) return
    blocksOf = part.blocksOf
    for (const [bubble, [text, options]] of waiting) fill(bubble, text, options)
    waiting.clear()
  }
}

/** @param {readonly string[]} choices @param {Element} list */
const isListOf = (choices, { children }) =>
  children.length === choices.length &&
  choices.every((choice, index) => children[index]?.textContent === choice)
