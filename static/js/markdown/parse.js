import MarkdownIt from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import { addressAt, mayLink } from '../components/links.js'
import { formulaAt } from '../models/formulas.js'

/**
 * @typedef {{type: string, nesting: number, tag: string, content: string, info: string, markup: string, hidden: boolean,
 *   map: [number, number] | null, children: Token[] | null, attrGet(name: string): string | null}} Token
 */

/** How deep lists and quotes may stand in each other; deeper ones are text. */
const DEEPEST = 10
const ASTERISK = 42
const COLON = 58
const SCHEME = /https?$/iu
const WORD = /[0-9A-Za-z]/u

/**
 * The part of Markdown that people and models write in a chat. HTML and pictures stay text, as do `&amp;` and lines
 * indented by spaces, and a line of dashes makes no heading of the one before it.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, maxNesting: DEEPEST })
  .use(cjkFriendly) // **强调。**后面: emphasis may end between Chinese characters
  .disable(['code', 'lheading', 'reference', 'html_block', 'html_inline', 'image', 'entity'])
  .use(keepProducts)

// The address is shown and checked by links.js alone.
markdown.normalizeLink = (address) => address
markdown.validateLink = mayLink
markdown.inline.ruler.before('backticks', 'address', address)
// What stands in a formula is neither escaped nor marked.
markdown.inline.ruler.before('escape', 'formula', formula)
markdown.block.ruler.before('fence', 'formula', formulaBlock, {
  alt: ['paragraph', 'blockquote', 'list'],
})

/**
 * What a text is made of, in the order of its beginnings and ends.
 * @param {string} text @param {boolean} [math] `$…$` is a formula. @returns {Token[]}
 */
export const parse = (text, math = false) => markdown.parse(text, { math })

/** @param {any} state @param {boolean} silent */
function formula(state, silent) {
  const { src, pos, env } = state
  const found = env.math ? formulaAt(src, pos) : undefined
  if (!found) return false
  if (!silent) put(state.push('formula', '', 0), found, src.slice(pos, found.end))
  state.pos = found.end
  return true
}

/** A formula whose lines would be a list or a quote otherwise. @param {any} state @param {number} line @param {number} _end @param {boolean} silent */
function formulaBlock(state, line, _end, silent) {
  const start = state.bMarks[line] + state.tShift[line]
  if (!state.env.math || !/^(?:\$\$|\\\[)/u.test(state.src.slice(start, start + 2))) return false
  const text = state.getLines(line, state.lineMax, state.sCount[line], false)
  const found = formulaAt(text, 0)
  const behind = found && text.slice(found.end).split('\n', 1)[0]
  if (!found || behind?.trim() !== '') return false
  if (silent) return true
  const raw = text.slice(0, found.end)
  const token = state.push('formula', '', 0)
  put(token, found, raw)
  token.map = [line, line + raw.split('\n').length]
  state.line = token.map[1]
  return true
}

/** @param {any} token @param {import('../models/formulas.js').Formula} formula @param {string} raw */
function put(token, { source, display }, raw) {
  token.content = source
  token.markup = raw
  token.info = display ? 'display' : ''
}

/** An address is one thing, whatever stars and underscores are in it. @param {any} state @param {boolean} silent */
function address(state, silent) {
  const { src, pos, linkLevel, pending } = state
  const scheme = src.charCodeAt(pos) === COLON && linkLevel === 0 ? SCHEME.exec(pending)?.[0] : ''
  const found = scheme ? addressAt(src, pos - scheme.length) : ''
  if (!scheme || !found) return false
  if (!silent) {
    state.pending = pending.slice(0, -scheme.length)
    state.push('address', '', 0).content = found
  }
  state.pos += found.length - scheme.length
  return true
}

/** 2*3*4 is a product. @param {any} md */
function keepProducts(md) {
  md.inline.State = class extends md.inline.State {
    /** @param {number} start @param {boolean} canSplitWord */
    scanDelims(start, canSplitWord) {
      const found = super.scanDelims(start, canSplitWord)
      const single = this.src.charCodeAt(start) === ASTERISK && found.length === 1
      const inWord = WORD.test(this.src[start - 1] ?? '') && WORD.test(this.src[start + 1] ?? '')
      return single && inWord ? { ...found, can_open: false, can_close: false } : found
    }
  }
}
