import katex from 'katex'
import { inStyle } from './letters.js'

/**
 * @typedef {{tag: string, attributes: Record<string, string>, children: Part[]}} Element
 * @typedef {Element | string} Part
 */

/** What a formula may be made of. What KaTeX makes beside it (pictures, links, styles) comes from nobody's text here. */
const TAGS = new Set(
  (
    'mtext mn mo mi mspace mover munder munderover msup msub msubsup mfrac mroot msqrt mtable mtr mtd mrow menclose ' +
    'mstyle mpadded mphantom'
  ).split(' '),
)
const FLAG = /^(?:true|false)$/u
const LENGTH = /^-?\d{1,3}(?:\.\d+)?(?:em|px|pt)$/u
/** @type {Record<string, RegExp>} */
const ATTRIBUTES = {
  ...all('accent accentunder displaystyle fence largeop separator stretchy', FLAG),
  ...all('depth height linethickness lspace maxsize mathsize minsize rspace voffset width', LENGTH),
  mathvariant: /^normal$/u,
  notation: /^[a-z ]{1,40}$/u,
  scriptlevel: /^[+-]?\d$/u,
}
/** Farther than this nothing reaches, in em. */
const FARTHEST = 20
/** A formula that is deeper or larger is not shown: drawing it would cost more than it could tell. */
const DEEPEST = 60
const MOST = 2_000

/** Nothing of it loads, links or styles anything, and none of it leaves anything for the next formula. */
const options = {
  output: 'mathml',
  throwOnError: true, // a formula with a fault is shown as its source, not as half of it
  strict: false,
  trust: false,
  maxSize: 10,
  maxExpand: 500,
}

/**
 * A formula in TeX as the elements of MathML that show it, named one by one.
 * @param {string} source @param {boolean} display On a line of its own.
 * @returns {Element | undefined} undefined: it is no TeX that could be shown.
 */
export function treeOf(source, display) {
  try {
    const settings = { ...options, displayMode: display, macros: {} }
    const { children } = /** @type {any} */ (katex).__renderToDomTree(source, settings)
    const budget = { left: MOST }
    const attributes = display ? { display: 'block' } : {}
    return { tag: 'math', attributes, children: partsOf(children, budget, 0) }
  } catch {
    return undefined
  }
}

/** @param {string} names @param {RegExp} values */
function all(names, values) {
  return Object.fromEntries(names.split(' ').map((name) => [name, values]))
}

/** @param {any[]} nodes Of KaTeX. @param {{left: number}} budget @param {number} depth @returns {Part[]} */
function partsOf(nodes, budget, depth) {
  return nodes.flatMap((node) => partOf(node, budget, depth))
}

/** @param {any} node @param {{left: number}} budget @param {number} depth @returns {Part[]} */
function partOf(node, budget, depth) {
  budget.left -= 1
  if (depth > DEEPEST || budget.left < 0) throw new RangeError('the formula is too large')
  if (typeof node.text === 'string') return [node.text]
  if (node.type === 'annotation') return [] // the source: it can be copied from the message
  if (typeof node.width === 'number') return [spaceOf(node)]

  const { type = '', attributes = {}, children = [] } = node
  const parts = partsOf(children, budget, depth + 1)
  if (!TAGS.has(type)) return parts
  const { mathvariant: style = '' } = attributes
  const styled = parts.map((part) => (typeof part === 'string' ? inStyle(part, style) : part))
  const element = { tag: type, attributes: known(attributes), children: joined(styled) }
  if (type === 'mtable') alignColumns(element, String(attributes.columnalign ?? ''))
  return [element]
}

/** @param {{width: number, character?: string | null}} space @returns {Element} */
function spaceOf({ width, character }) {
  if (character) return { tag: 'mtext', attributes: {}, children: [character] }
  return { tag: 'mspace', attributes: known({ width: `${width.toFixed(4)}em` }), children: [] }
}

/** @param {Record<string, unknown>} attributes */
const known = (attributes) =>
  Object.fromEntries(
    Object.entries(attributes)
      .map(([name, value]) => /** @type {const} */ ([name, String(value)]))
      .filter(([name, value]) => Object.hasOwn(ATTRIBUTES, name) && ATTRIBUTES[name]?.test(value))
      .filter(([, value]) => !LENGTH.test(value) || Math.abs(Number.parseFloat(value)) <= FARTHEST),
  )

/** Pieces of one text are one text. @param {Part[]} parts @returns {Part[]} */
function joined(parts) {
  /** @type {Part[]} */
  const out = []
  for (const part of parts) {
    const before = out.at(-1)
    if (typeof part === 'string' && typeof before === 'string') out[out.length - 1] = before + part
    else out.push(part)
  }
  return out
}

/** Browsers know no `columnalign` any more; a class in its place. @param {Element} table @param {string} sides */
function alignColumns(table, sides) {
  const columns = sides.split(/\s+/u)
  for (const row of table.children) {
    if (typeof row === 'string') continue
    row.children.forEach((cell, column) => {
      const side = columns[column]
      if (typeof cell !== 'string' && (side === 'left' || side === 'right'))
        cell.attributes.class = `is-${side}`
    })
  }
}
