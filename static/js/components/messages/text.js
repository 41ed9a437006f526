import { textNodes } from '../links.js'
import { morph, morphInto } from '../morph.js'

/** What may be Markdown; a text without any of this is shown as it stands, and never asks for the part that reads it. */
const MARKED =
  /[`*_~]|\]\(|<(?:https?|mailto):|^ {0,3}(?:#{1,6} |> ?|[-+] |\d{1,9}[.)] |-{3,}\s*$)|\| *:?-/mu

/** @typedef {import('../../markdown/blocks.js').Block} Block @typedef {{growing?: boolean}} Options */

/**
 * Puts a message's text into its bubble, and changes there only what is new.
 * @param {any} words `texts.message`
 */
export function textFiller(words) {
  /** @type {typeof import('../../markdown/blocks.js').blocksOf | undefined} */
  let blocksOf
  let fetching = false
  /** Shown as they stand, until Markdown can be read. @type {Map<HTMLElement, [string, Options]>} */
  const waiting = new Map()
  /** Of what a bubble's children are made. @type {WeakMap<HTMLElement, string[]>} */
  const made = new WeakMap()

  return fill

  /** @param {HTMLElement} bubble @param {string} text @param {Options} [options] `growing`: more of it will come. */
  function fill(bubble, text, options = {}) {
    const marked = MARKED.test(text)
    if (marked && !blocksOf) {
      waiting.set(bubble, [text, options])
      void fetch()
    }
    const blocks = marked ? blocksOf?.(text, words, options) : undefined
    bubble.classList.toggle('bubble--rich', blocks !== undefined)
    if (blocks) lay(bubble, blocks)
    else {
      made.delete(bubble)
      morph(bubble, textNodes(text))
    }
  }

  /** @param {HTMLElement} bubble @param {Block[]} blocks */
  function lay(bubble, blocks) {
    const before = made.get(bubble)
    if (!before) bubble.replaceChildren()
    blocks.forEach(({ source, make }, place) => {
      const old = bubble.children[place]
      if (old && before?.[place] === source) return
      if (old) morphInto(old, make())
      else bubble.append(make())
    })
    while (bubble.children.length > blocks.length) bubble.lastElementChild?.remove()
    made.set(
      bubble,
      blocks.map(({ source }) => source),
    )
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
