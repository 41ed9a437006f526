import { asWritten, readWords, type Words } from './words.js'

/** What a rule listens for. */
export interface Pattern {
  /** The fixed parts, in order; between them stand the wildcards. */
  readonly pieces: readonly string[]
  /** A wildcard stands before the first piece. */
  readonly open: boolean
  /** A wildcard stands behind the last piece. */
  readonly more: boolean
  /** The whole message must be this. */
  readonly whole: boolean
  /** Fixed characters: of several patterns that fit, the one with most is meant. */
  readonly weight: number
}

/**
 * Reads a pattern: `你好`, `我叫*`, `do you like *`; `=嗯` is the whole message and nothing else.
 * @returns the pattern, or undefined when nothing fixed is in it.
 */
export function readPattern(source: string): Pattern | undefined {
  const whole = source.startsWith('=')
  const parts = source.slice(whole ? 1 : 0).split('*')
  const pieces = parts.map((part) => readWords(part.normalize('NFKC')).text).filter(Boolean)
  if (pieces.length === 0) return undefined
  return {
    pieces,
    whole,
    open: parts.length > 1 && blank(parts[0]),
    more: parts.length > 1 && blank(parts.at(-1)),
    weight: pieces.join('').length + (whole ? WHOLE : 0),
  }
}

const blank = (part = '') => part.trim() === ''

/** A pattern for the whole message goes before all that are found in it. */
const WHOLE = 1_000

/**
 * Looks for a pattern in one pass from left to right, without going back.
 * @returns what stood for each wildcard, as it was written; undefined: it does not fit.
 */
export function match(pattern: Pattern, words: Words): string[] | undefined {
  const { pieces, open, more, whole, weight } = pattern
  if (whole && pieces.length === 1 && !open && !more) {
    return words.text === pieces[0] ? [] : undefined
  }
  const plain = pieces.length === 1 && !open && !more
  if (plain && words.text.length > 12 * weight + 12) return undefined

  const captured: string[] = []
  let end = 0
  for (const [index, piece] of pieces.entries()) {
    const wild = index > 0 || open
    const start = find(piece, words.text, wild ? end + 1 : end)
    if (start < 0 || (whole && index === 0 && !open && start > 0)) return undefined
    if (wild) captured.push(asWritten(words, end, start))
    end = start + piece.length
  }
  if (more) captured.push(asWritten(words, end, words.text.length))
  else if (whole && end < words.text.length) return undefined
  return captured.every((part) => /[\p{L}\p{N}]/u.test(part)) ? captured : undefined
}

/** Latin words are found as words, Chinese ones anywhere. */
function find(piece: string, text: string, from: number): number {
  for (let at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1)) {
    const end = at + piece.length
    if (!splits(text, at, piece.charAt(0)) && !splits(text, end, piece.at(-1) ?? '')) return at
  }
  return -1
}

/** Does this place lie inside a Latin word or a number that the character belongs to? */
const splits = (text: string, at: number, edge: string): boolean =>
  latin.test(edge) && latin.test(text.charAt(at - 1)) && latin.test(text.charAt(at))

const latin = /[\p{Script=Latin}\d]/u
