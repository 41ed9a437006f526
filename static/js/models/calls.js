import { fold } from './words.js'

/**
 * @typedef {{id: number | 'all', names: readonly string[]}} Called Who is called, under what they are known by.
 * @typedef {{text: string, id?: number | 'all'}} Piece
 */

/** How far a name reaches that nobody here knows: to the next space or mark. */
const UNKNOWN = /(?<![a-z0-9._%+-])[@＠﹫][^\s@＠﹫,.;:!?，。；：！？、()（）“”"']{1,20}/giu
/** Not the one of a mail address. */
const AT = /(?<![a-z0-9._%+-])[@＠﹫]/giu
const WORD = /[\p{Script=Latin}\p{N}_]/u
const HAN = /\p{Script=Han}/u

/**
 * Where a text calls those whom its message is known to call: `@name`, by the rules of the server (src/calls.ts). Width
 * and case do not matter; of two names that fit, the longer one is meant. Whose name does not stand there is called
 * where it does but for some of its Chinese characters: the server reads traditional ones as simplified, by a table that
 * no page should have to load. Who is not known by any name (they left before this page came) is called where as many
 * names stand that nobody has.
 * @param {string} text @param {readonly Called[]} called In the order of the text. @returns {Piece[]} The text, in pieces.
 */
export function callsIn(text, called) {
  const asWritten = knownIn(text, called, isName)
  const missing = called.filter(({ id }) => asWritten.every((piece) => piece.id !== id))
  const known = asWritten.flatMap((piece) =>
    piece.id === undefined ? knownIn(piece.text, missing, isAlike) : [piece],
  )
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

/** @typedef {(written: string, name: string) => boolean} Likeness Whether a name is meant, which is folded. */

/** @param {string} text @param {readonly Called[]} called @param {Likeness} like @returns {Piece[]} */
function knownIn(text, called, like) {
  const names = called
    .flatMap(({ id, names: all }) => all.map((name) => ({ id, name: fold(name.trim()) })))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length)
  /** @type {Piece[]} */
  const pieces = []
  let from = 0
  for (const { index } of names.length > 0 ? text.matchAll(AT) : []) {
    const found = index < from ? undefined : nameAt(text, index + 1, names, like)
    if (!found) continue
    pieces.push({ text: text.slice(from, index) })
    pieces.push({ text: text.slice(index, found.end), id: found.id })
    from = found.end
  }
  pieces.push({ text: text.slice(from) })
  return pieces.filter((piece) => piece.text !== '')
}

/** @param {string} text @param {number} start @param {{id: number | 'all', name: string}[]} names The longest first. @param {Likeness} like */
function nameAt(text, start, names, like) {
  for (const { id, name } of names) {
    const end = endOf(text, start, name, like)
    if (end > 0 && !(WORD.test(name.at(-1) ?? '') && WORD.test(text.charAt(end))))
      return { id, end }
  }
  return undefined
}

/** Where a name ends that may be written in other widths and cases; 0: it does not stand here. @param {string} text @param {number} start @param {string} name @param {Likeness} like */
function endOf(text, start, name, like) {
  let seen = ''
  let end = start
  for (const letter of text.slice(start, start + 2 * name.length)) {
    seen += letter
    end += letter.length
    if (like(fold(seen), name)) return end
  }
  return 0
}

/** @type {Likeness} */
const isName = (written, name) => written === name

/** The same but for some of the Chinese characters. @type {Likeness} */
function isAlike(written, name) {
  if (written.length !== name.length) return false
  const others = Array.from(written)
  const pairs = Array.from(name, (letter, index) => [letter, others[index] ?? ''])
  const unlike = pairs.filter(([letter, other]) => letter !== other)
  return unlike.length < pairs.length && unlike.flat().every((letter) => HAN.test(letter ?? ''))
}
