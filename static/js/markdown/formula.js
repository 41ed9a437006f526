import { el } from '../components/dom.js'

const MATHML = 'http://www.w3.org/1998/Math/MathML'
/** A longer one, in a line of text, may be wider than its bubble. */
const LONG = 24

/** @typedef {{source: string, raw: string, display: boolean}} Written `raw`: with what opens and closes it. */

/** @type {typeof import('./tex.js').treeOf | undefined} */
let treeOf
let fetching = false

/**
 * A formula. Until the part of the program that reads TeX is here, its source is shown; it is fetched for the first
 * formula.
 * @param {Written} written @param {any} words `texts.message`
 */
export function formula(written, words) {
  const node = el('span', { class: written.display ? 'formula formula--block' : 'formula' })
  if (!('MathMLElement' in window)) return unreadable(node, written, words.noFormulas)
  if (treeOf) return show(node, written, words)

  const { source, raw, display } = written
  node.append(el('code', {}, raw))
  node.setAttribute('data-tex', source)
  node.setAttribute('data-tex-display', String(display))
  void fetchTex(words)
  return node
}

/** @param {any} words */
async function fetchTex(words) {
  if (fetching) return
  fetching = true
  const part = await import('./tex.js').catch(() => undefined)
  fetching = false // the next formula tries again
  if (!part) return
  treeOf = part.treeOf
  for (const node of document.querySelectorAll('[data-tex]')) {
    const source = node.getAttribute('data-tex') ?? ''
    const display = node.getAttribute('data-tex-display') === 'true'
    const raw = node.textContent ?? ''
    node.removeAttribute('data-tex')
    node.removeAttribute('data-tex-display')
    if (node instanceof HTMLElement) show(node, { source, raw, display }, words)
  }
}

/** @param {HTMLElement} node @param {Written} written @param {any} words */
function show(node, written, words) {
  const { source, display } = written
  const tree = treeOf?.(source, display)
  if (!tree) return unreadable(node, written, words.badFormula)
  node.replaceChildren(elementOf(tree))
  // Whatever is wider than its bubble scrolls there, also by keyboard.
  if (display || source.length > LONG) {
    node.classList.add('formula--wide')
    node.tabIndex = 0
    node.setAttribute('role', 'group')
    node.setAttribute('aria-label', words.formula)
  }
  return node
}

/** @param {HTMLElement} node @param {Written} written @param {string} hint */
function unreadable(node, { raw }, hint) {
  node.classList.add('formula--source')
  node.replaceChildren(el('code', {}, raw), el('span', { class: 'formula__hint' }, hint))
  return node
}

/** @param {import('./tex.js').Element} tree @returns {globalThis.Element} */
function elementOf({ tag, attributes, children }) {
  const element = document.createElementNS(MATHML, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.map((part) => (typeof part === 'string' ? part : elementOf(part))))
  return element
}
