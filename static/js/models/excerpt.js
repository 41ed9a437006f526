/** Characters that stand before the first word that was found, and in all. */
const BEFORE = 40
const ALL = 200

/** @typedef {{text: string, hit: boolean}} Part */

/**
 * What is shown of a message that a search found: where the first of its words stands, each of them marked.
 * @param {string} text @param {string} query As it was typed; its conditions (`from:ada`) mark nothing.
 * @returns {Part[]}
 */
export function excerpt(text, query) {
  const words = wordsOf(query)
  const pattern =
    words.length > 0 ? new RegExp(`(${words.map(literal).join('|')})`, 'giu') : undefined
  const first = pattern ? text.search(pattern) : 0
  const start = first > BEFORE ? first - BEFORE : 0
  const shown = Array.from(text.slice(start, start + 2 * ALL))
    .slice(0, ALL)
    .join('')
  const cut = (start > 0 ? '…' : '') + shown + (start + shown.length < text.length ? '…' : '')
  const parts = pattern ? cut.split(pattern) : [cut]
  // Split by a group, what was found stands at the odd places.
  return parts
    .map((part, place) => ({ text: part, hit: place % 2 === 1 }))
    .filter(({ text: one }) => one)
}

/** @param {string} query */
const wordsOf = (query) =>
  [...query.matchAll(/[\p{L}_]+[:：]\S*|["“”]([^"“”]+)["“”]|(\S+)/gu)]
    .map(([, phrase, word]) => phrase ?? word ?? '')
    .filter(Boolean)

/** @param {string} word */
const literal = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
