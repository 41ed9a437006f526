/** @typedef {{source: string, display: boolean, end: number}} Formula `display`: on a line of its own. `end`: where the text goes on. */

/** What opens a formula and what closes it; the longer one first. */
const PAIRS = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
]
const MAY_HOLD = /\$|\\[([]/u

/** Most texts hold no formula: whether one is worth a closer look. @param {string} text */
export const mayHoldFormula = (text) => MAY_HOLD.test(text)

/**
 * The formula that begins here. A single `$` is money unless it hugs what it holds, as in pandoc: no space behind the
 * first, none before the second, no digit behind that one.
 * @param {string} text @param {number} start @returns {Formula | undefined}
 */
export function formulaAt(text, start) {
  const pair = PAIRS.find(({ open }) => text.startsWith(open, start))
  if (pair) return between(text, start + 2, pair)
  return text[start] === '$' ? hugged(text, start + 1) : undefined
}

/** Where a formula of its own line opens that is not closed yet; -1: nowhere. @param {string} text */
export function openFormula(text) {
  for (let place = 0; place < text.length; place += 1) {
    const formula = '$\\'.includes(text[place] ?? '') ? formulaAt(text, place) : undefined
    if (formula) place = formula.end - 1
    else if (PAIRS.some(({ open }) => text.startsWith(open, place))) return place
    else if (text[place] === '\\') place += 1
  }
  return -1
}

/** @param {string} text @param {number} from @param {{close: string, display: boolean}} pair @returns {Formula | undefined} */
function between(text, from, { close, display }) {
  const end = closing(text, from, close)
  const source = text.slice(from, end).trim()
  return end < 0 || source === '' ? undefined : { source, display, end: end + close.length }
}

/** @param {string} text @param {number} from @returns {Formula | undefined} */
function hugged(text, from) {
  const end = closing(text, from, '$')
  const source = text.slice(from, end)
  if (end <= from || /^\s|\s$|\n/u.test(source) || /\d/u.test(text[end + 1] ?? '')) return undefined
  return { source, display: false, end: end + 1 }
}

/** The first of these that no backslash makes a sign of the formula; -1: none. @param {string} text @param {number} from @param {string} close */
function closing(text, from, close) {
  for (let place = from; place < text.length; place += 1) {
    if (text.startsWith(close, place)) return place
    if (text[place] === '\\') place += 1
  }
  return -1
}
