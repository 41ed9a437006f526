/** Where a long text is cut, the best first: between paragraphs, lines, sentences, words. */
const CUTS = [/\n\n+/gu, /\n/gu, /(?<=[。！？!?…]|[.]\s)/gu, /\s/gu]
/** A cut that leaves less than this share of a part is no good one. */
const LEAST = 0.5

/**
 * Cuts a text that is too long for one message into as few as it takes, where a reader would.
 * @param {string} text @param {number} limit Code points of a message.
 * @returns {string[]} Without the white space at the cuts; none is empty.
 */
export function partsOf(text, limit) {
  /** @type {string[]} */
  const parts = []
  let rest = text.trimEnd()
  while (lengthOf(rest, limit) > limit) {
    const end = cut(
      Array.from(rest.slice(0, 2 * limit))
        .slice(0, limit)
        .join(''),
    )
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).replace(/^\s*\n|^ +/u, '')
  }
  return [...parts, rest].filter(Boolean)
}

/** As far as it matters. @param {string} text @param {number} limit */
const lengthOf = (text, limit) =>
  text.length <= limit ? text.length : Array.from(text.slice(0, 2 * limit + 2)).length

/** @param {string} piece As long as a message may be. @returns {number} UTF-16 units of it that become one. */
function cut(piece) {
  for (const pattern of CUTS) {
    const place = [...piece.matchAll(pattern)].at(-1)
    if (place && place.index >= piece.length * LEAST) return place.index + place[0].length
  }
  return piece.length
}
