import { addressAt } from '../components/links.js'
import { formulaAt, openFormula } from '../models/formulas.js'
import { parse } from './parse.js'

const FENCE = /^ {0,3}(`{3,}|~{3,})/u
/** Where a text of its own begins within a block: an item, a quote, a heading. */
const STARTS = /^ *(?:[-+*>] |#{1,6} |\d{1,9}[.)] )/u
/** A last line that may become the mark of a list, a heading, a quote, a fence or a rule, and is nothing yet. */
const MARK_ALONE = /(?:^|\n) *(?:[-+*]{1,3} ?|#{1,6} ?|> ?|\d{1,3}[.)]? ?|`{1,3}|~{1,3})$/u
const HALF_LINK = /\[([^[\]\n]*)\]\([^()\s]*$/u
const WORD = /[0-9A-Za-z]/u

/**
 * A text that is still being written, as it will look: what is open is closed, and marks that mean nothing yet are left
 * out, so that no stars come and go while it grows.
 * @param {string} text @param {boolean} [math] `$…$` is a formula.
 */
export function finish(text, math = false) {
  const { open, end: code } = fences(text)
  if (open) return text.replace(/\n *(?:`+|~+)$/u, '\n')
  if (code === text.length) return text

  return text.slice(0, code) + finishWords(text.slice(code), math)
}

/** @param {string} text What stands behind the last code. @param {boolean} math */
function finishWords(text, math) {
  const whole = math ? withoutHalfFormula(text) : text
  const known = withoutHalfTable(whole).replace(MARK_ALONE, '').replace(HALF_LINK, '$1')
  const bare = known.replace(/(?<![*_~`])[*_~`]+$/u, '')
  const start = lastStart(bare)
  const closers = openIn(bare.slice(start), math)
  const end = bare.trimEnd().length
  const closed = bare.slice(0, end) + closers + bare.slice(end)
  return closers !== '' && endsInMark(closed, math) ? bare : closed
}

/** Whether the text ends inside a block of code, and where the last such block ends. @param {string} text */
function fences(text) {
  let open = ''
  let end = 0
  let place = 0
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? ''
    place += line.length + 1
    if (!open) open = mark
    else if (mark.startsWith(open) && line.trim() === mark) {
      open = ''
      end = Math.min(place, text.length)
    }
  }
  return { open: open !== '', end }
}

/** A formula is one when it is whole; until then it would be its source. @param {string} text */
function withoutHalfFormula(text) {
  const open = openFormula(text)
  return open < 0 ? text : text.slice(0, open)
}

/** A table is one when its second line is there; until then its head would be a line of bars. @param {string} text */
function withoutHalfTable(text) {
  const lines = text.trimEnd().split('\n')
  const first = lines.findLastIndex((line) => !line.startsWith('|')) + 1
  const [head, rule] = lines.slice(first)
  const known = lines.length - first > 2 || (rule && cells(rule) === cells(head ?? ''))
  return known || head === undefined ? text : lines.slice(0, first).join('\n')
}

/** @param {string} row */
const cells = (row) => row.replace(/\| *$/u, '').split('|').length

/** Where the last paragraph, item, heading or cell begins. @param {string} text */
function lastStart(text) {
  let start = text.lastIndexOf('\n\n') + 1
  for (let line = start; line >= 0 && line < text.length;) {
    if (STARTS.test(text.slice(line, line + 20))) start = line
    const next = text.indexOf('\n', line)
    if (next < 0) break
    line = next + 1
  }
  const mark = STARTS.exec(text.slice(start, start + 20))?.[0] ?? ''
  const last = text.lastIndexOf('\n') + 1
  return text[last] === '|' ? text.lastIndexOf('|') + 1 : start + mark.length
}

/** What would close the marks that are open at the end, in order. @param {string} text @param {boolean} math */
function openIn(text, math) {
  /** @type {{char: string, count: number}[]} */
  const open = []
  for (let place = 0; place < text.length;) {
    const char = text[place] ?? ''
    const count = runOf(text, place)
    const formula = math ? formulaAt(text, place) : undefined
    if (formula) place = formula.end
    else if (char === '\\') place += 2
    else if (char === '`') {
      const end = closingTicks(text, place + count, count)
      if (end < 0) return '`'.repeat(count) + closersOf(open)
      place = end
    } else if (char === 'h') place += addressAt(text, place).length || 1
    else {
      if ('*_~'.includes(char)) mark(open, { char, count, ...around(text, place, count) })
      place += count
    }
  }
  return closersOf(open)
}

/** @param {string} text @param {number} place */
function runOf(text, place) {
  let end = place + 1
  while (text[end] === text[place] && end < text.length) end += 1
  return end - place
}

/** @param {string} text @param {number} from @param {number} count */
function closingTicks(text, from, count) {
  for (let place = text.indexOf('`', from); place >= 0;) {
    const run = runOf(text, place)
    if (run === count) return place + run
    place = text.indexOf('`', place + run)
  }
  return -1
}

/** Whether marks may open or close, by what stands around them. @param {string} text @param {number} place @param {number} count */
function around(text, place, count) {
  const char = text[place]
  const [before, after] = [text[place - 1] ?? ' ', text[place + count] ?? ' ']
  const inWord = WORD.test(before) && WORD.test(after) && (char === '_' || count === 1)
  const strike = char !== '~' || count === 2
  return {
    opens: strike && !inWord && /\S/u.test(after),
    closes: strike && !inWord && /\S/u.test(before),
  }
}

/** Takes a run of marks: it closes what it can, and opens with what is left. @param {{char: string, count: number}[]} open @param {{char: string, count: number, opens: boolean, closes: boolean}} run */
function mark(open, run) {
  const { char, count, opens, closes } = run
  const place = closes ? open.findLastIndex((one) => one.char === char) : -1
  const one = open[place]
  if (count === 0) return
  if (!one) {
    if (opens) open.push({ char, count })
    return
  }
  open.length = place + 1 // what was open inside it stays text
  const shared = Math.min(one.count, count)
  one.count -= shared
  if (one.count === 0) open.pop()
  mark(open, { ...run, count: count - shared })
}

/** @param {{char: string, count: number}[]} open */
const closersOf = (open) =>
  open
    .map(({ char, count }) => char.repeat(count))
    .reverse()
    .join('')

/** What was added closed nothing: it would be seen. @param {string} text @param {boolean} math */
function endsInMark(text, math) {
  const inline = parse(text, math).findLast(({ type }) => type === 'inline')
  const last = inline?.children?.at(-1)
  return last?.type === 'text' && /[*_~`]$/u.test(last.content)
}
