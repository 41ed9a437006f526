import { simplified } from './traditional.js'

/** A text as patterns see it: lower case, without punctuation, with a way back to how it was written. */
export interface Words {
  readonly text: string
  /** As it was written, in compatibility form (NFKC). */
  readonly written: string
  /** For each unit of `text`, its place in `written`. */
  readonly places: readonly number[]
}

/**
 * Reads a text: lower case, common traditional characters as simplified ones, letters drawn out three times or
 * more (`helloooo`) once, apostrophes dropped, other punctuation as one space, and none beside Chinese.
 * @param written In compatibility form (NFKC).
 */
export function readWords(written: string): Words {
  const units = withoutDrawl(withoutGaps(unitsOf(written)))
  return {
    written,
    text: units.map(({ unit }) => unit).join(''),
    places: units.map(({ place }) => place),
  }
}

/** The part of a text between two places of its words, as it was written. */
export function asWritten({ text, written, places }: Words, from: number, to: number): string {
  const start = places[from] ?? written.length
  const end = to >= text.length ? written.length : (places[to] ?? written.length)
  return written.slice(start, end).trim()
}

interface Unit {
  readonly unit: string
  readonly place: number
}

function unitsOf(written: string): Unit[] {
  const units: Unit[] = []
  let place = 0
  for (const char of written) {
    if (!silent.test(char)) {
      const read = spoken.test(char) ? (simplified.get(char) ?? char.toLowerCase()) : ' '
      for (const unit of read.split('')) units.push({ unit, place })
    }
    place += char.length
  }
  return units
}

const silent = /['’‘`]|\u{FE0F}|\u{200D}|\p{EMod}/u
const spoken = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/u
/** Written without spaces between them; the last is the second half of an emoji. */
const tight =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\uDC00-\uDFFF]/u

function withoutGaps(units: readonly Unit[]): Unit[] {
  const kept: Unit[] = []
  for (const [index, one] of units.entries()) {
    const before = kept.at(-1)?.unit ?? ''
    if (one.unit !== ' ') kept.push(one)
    else if (before !== '' && before !== ' ' && !tight.test(before) && spaced(units, index)) {
      kept.push(one)
    }
  }
  return kept
}

/** Is the next thing that is no space something that words are separated from? */
function spaced(units: readonly Unit[], index: number): boolean {
  const next = units[index + 1]?.unit
  if (next === ' ') return spaced(units, index + 1)
  return next !== undefined && !tight.test(next) && !/[\uD800-\uDBFF]/.test(next)
}

/** Keeps one of each run of three and more of a Latin letter. */
function withoutDrawl(units: readonly Unit[]): Unit[] {
  const kept: Unit[] = []
  for (let at = 0, end = 0; at < units.length; at = end) {
    while (end < units.length && units[end]?.unit === units[at]?.unit) end += 1
    const drawn = end - at > 2 && /[a-z]/.test(units[at]?.unit ?? '')
    kept.push(...units.slice(at, drawn ? at + 1 : end))
  }
  return kept
}
