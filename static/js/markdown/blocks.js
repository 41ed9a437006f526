import { el } from '../components/dom.js'
import { addressLink, labelledLink, mayLink } from '../components/links.js'
import { codeBlock } from './code.js'
import { formula } from './formula.js'
import { parse } from './parse.js'
import { finish } from './unfinished.js'

/**
 * @typedef {import('./parse.js').Token} Token
 * @typedef {{source: string, make: () => HTMLElement}} Block `source`: what it is made of; the same source makes the same.
 */

/** What tokens become. Whatever else there is becomes its text: nothing of a message names an element or an attribute. */
const ELEMENTS = new Map([
  ['paragraph_open', 'p'],
  ['strong_open', 'strong'],
  ['em_open', 'em'],
  ['s_open', 's'],
  ['bullet_list_open', 'ul'],
  ['ordered_list_open', 'ol'],
  ['list_item_open', 'li'],
  ['blockquote_open', 'blockquote'],
  ['thead_open', 'thead'],
  ['tbody_open', 'tbody'],
  ['tr_open', 'tr'],
])
const ALIGNED = /^text-align:(left|center|right)$/u

/**
 * A message's text as blocks: paragraphs, lists, quotes, tables, code.
 * @param {string} text @param {any} words `texts.message` @param {{growing?: boolean, math?: boolean}} [options] `growing`:
 *   it may end in the middle of something. `math`: `$…$` is a formula.
 * @returns {Block[] | undefined} undefined: nothing in it is marked, it is shown as it stands.
 */
export function blocksOf(text, words, { growing = false, math = false } = {}) {
  const whole = growing ? finish(text, math) : text
  const tokens = parse(whole, math)
  if (isPlain(tokens, whole)) return undefined
  const lines = whole.split('\n')
  return topLevel(tokens).map((part) => {
    const [first, last] = part[0]?.map ?? [0, 0]
    const make = () => one(nodesOf(part, words))
    return { source: lines.slice(first, last).join('\n'), make }
  })
}

/** Paragraphs of nothing but text look better as they were typed, with their spaces and empty lines. @param {Token[]} tokens @param {string} text */
function isPlain(tokens, text) {
  if (!tokens.every(({ type }) => /^(?:paragraph_(?:open|close)|inline)$/u.test(type))) return false
  const parts = tokens.flatMap(({ children }) => children ?? [])
  if (!parts.every(({ type }) => /^(?:text|softbreak|hardbreak|address)$/u.test(type))) return false
  const letters = (/** @type {string} */ some) => some.replace(/\s+/gu, '')
  return letters(parts.map(({ content }) => content).join('')) === letters(text)
}

/** @param {Token[]} tokens @returns {Token[][]} */
function topLevel(tokens) {
  /** @type {Token[][]} */
  const parts = []
  for (let start = 0; start < tokens.length;) {
    const end = endOf(tokens, start)
    parts.push(tokens.slice(start, end + 1))
    start = end + 1
  }
  return parts
}

/** Where closes what opens here. @param {Token[]} tokens @param {number} start */
function endOf(tokens, start) {
  let depth = 0
  for (let place = start; place < tokens.length; place += 1) {
    depth += tokens[place]?.nesting ?? 0
    if (depth === 0) return place
  }
  return tokens.length - 1
}

/** @param {Token[]} tokens @param {any} words @returns {(Node | string)[]} */
function nodesOf(tokens, words) {
  return topLevel(tokens).flatMap((part) => {
    const [token] = part
    if (!token) return []
    if (token.nesting === 0) return leaf(token, words)
    return wrapped(token, nodesOf(part.slice(1, -1), words), words)
  })
}

/** @param {Token} token @param {any} words @returns {(Node | string)[]} */
function leaf(token, words) {
  switch (token.type) {
    case 'inline':
      return nodesOf(token.children ?? [], words)
    case 'softbreak':
    case 'hardbreak':
      return ['\n']
    case 'code_inline':
      return [el('code', {}, token.content)]
    case 'address':
      return [addressLink(token.content)]
    case 'fence':
      return [codeBlock(token.content, token.info, words)]
    case 'formula': {
      const { content: source, markup: raw, info } = token
      return [formula({ source, raw, display: info === 'display' }, words)]
    }
    case 'hr':
      return [el('hr')]
    default:
      return token.content === '' ? [] : [token.content]
  }
}

/** @param {Token} token @param {(Node | string)[]} inside @param {any} words @returns {(Node | string)[]} */
function wrapped(token, inside, words) {
  switch (token.type) {
    case 'link_open':
      return link(token, inside)
    case 'heading_open':
      return [el('p', { class: 'heading' }, el('strong', {}, ...inside))]
    case 'table_open':
      return [wide(el('table', {}, ...inside), words)]
    case 'th_open':
    case 'td_open':
      return [cell(token, inside)]
    case 'ordered_list_open':
      return [el('ol', { start: numberOf(token), 'data-digits': digits(token, inside) }, ...inside)]
    default: {
      const tag = token.hidden ? undefined : ELEMENTS.get(token.type)
      return tag ? [el(tag, {}, ...inside)] : inside
    }
  }
}

/** @param {Token} token @param {(Node | string)[]} inside */
function link(token, inside) {
  const address = token.attrGet('href') ?? ''
  if (!mayLink(address)) return inside
  const bare = inside.every((part) => typeof part === 'string') && inside.join('') === address
  return [bare || inside.length === 0 ? addressLink(address) : labelledLink(address, inside)]
}

/** @param {Token} token @param {(Node | string)[]} inside */
function cell(token, inside) {
  const side = ALIGNED.exec(token.attrGet('style') ?? '')?.[1]
  const tag = token.type === 'th_open' ? 'th' : 'td'
  return el(tag, { class: side && `is-${side}` }, ...inside)
}

/** Whatever is wider than its bubble scrolls there, also by keyboard. @param {HTMLElement} table @param {any} words */
const wide = (table, words) =>
  el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': words.table }, table)

/** Where a list begins, if not at 1. @param {Token} token */
function numberOf(token) {
  const start = Number(token.attrGet('start') ?? 1)
  return Number.isSafeInteger(start) && start !== 1 ? start : undefined
}

/** How wide its largest number is: so much room stands before the items. @param {Token} token @param {(Node | string)[]} items */
const digits = (token, items) =>
  Math.min(5, String((numberOf(token) ?? 1) + items.length - 1).length)

/** @param {(Node | string)[]} nodes @returns {HTMLElement} */
function one(nodes) {
  const [node] = nodes
  return node instanceof HTMLElement && nodes.length === 1 ? node : el('p', {}, ...nodes)
}
