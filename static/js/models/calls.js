/**
 * @typedef {{id: number | 'all', names: readonly string[]}} Called Who is called, under what they are known by.
 * @typedef {{text: string, id?: number | 'all'}} Piece
 */

/** How far a name reaches that nobody here knows: to the next space or mark. */
const UNKNOWN = /(?<![a-z0-9._%+-])[@＠﹫][^\s@＠﹫,.;:!?，。；：！？、()（）“”"']{1,20}/giu
/** Not the one of a mail address. */
const AT = /(?<![a-z0-9._%+-])[@＠﹫]/giu
const WORD = /[\p{Script=Latin}\p{N}_]/u

/**
 * Where a text calls those whom its message is known to call: `@name`, by the rules of the server (src/calls.ts). Width
 * and case do not matter; of two names that fit, the longer one is meant. Who is not known by any name (they left before
 * this page came) is called where as many names stand that nobody has.
 * @param {string} text @param {readonly Called[]} called In the order of the text. @returns {Piece[]} The text, in pieces.
 */
export function callsIn(text, called) {
  const known = knownIn(text, called)
  const strangers = called.filter(({ names }) => names.every((name) => name === ''))
  const plain = known.flatMap((piece) =>
    piece.id === undefined ? [...piece.text.matchAll(UNKNOWN)] : [],
  )
  if (strangers.length === 0 || plain.length !== strangers.length) return known
  const ids = strangers.map(({ id }) => id)
  return known.flatMap((piece) => (piece.id === undefined ? strangersIn(piece.text, ids) : [piece]))
}

/** @param {string} text @param {(number | 'all')[]} ids Whose turn it is; taken from the front. @returns {Piece[]} */
function strangersIn(text, ids) {
  /** @type {Piece[]} */
  const pieces = []
  let from = 0
  for (const { index, 0: name } of text.matchAll(UNKNOWN)) {
    pieces.push({ text: text.slice(from, index) }, { text: name, id: ids.shift() ?? 0 })
    from = index + name.length
  }
  pieces.push({ text: text.slice(from) })
  return pieces.filter((piece) => piece.text !== '')
}

/** @param {string} text @param {readonly Called[]} called @returns {Piece[]} */
function knownIn(text, called) {
  const names = called
    .flatMap(({ id, names: all }) => all.map((name) => ({ id, name: fold(name.trim()) })))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length)
  /** @type {Piece[]} */
  const pieces = []
  let from = 0
  for (const { index } of names.length > 0 ? text.matchAll(AT) : []) {
    const found = index < from ? undefined : nameAt(text, index + 1, names)
    if (!found) continue
    pieces.push({ text: text.slice(from, index) })
    pieces.push({ text: text.slice(index, found.end), id: found.id })
    from = found.end
  }
  pieces.push({ text: text.slice(from) })
  return pieces.filter((piece) => piece.text !== '')
}

/** @param {string} text @param {number} start @param {{id: number | 'all', name: string}[]} names The longest first. */
function nameAt(text, start, names) {
  for (const { id, name } of names) {
    const end = endOf(text, start, name)
    if (end > 0 && !(WORD.test(name.at(-1) ?? '') && WORD.test(text.charAt(end))))
      return { id, end }
  }
  return undefined
}

/** Where a name ends that may be written in other widths and cases; 0: it does not stand here. @param {string} text @param {number} start @param {string} name */
function endOf(text, start, name) {
  let seen = ''
  let end = start
  for (const letter of text.slice(start, start + 2 * name.length)) {
    seen += letter
    end += letter.length
    if (fold(seen) === name) return end
  }
  return 0
}

/** @param {string} text */
const fold = (text) => text.normalize('NFKC').toLowerCase()
