import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { el } from '../components/dom.js'

const languages = {
  bash,
  c,
  cpp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
}
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language)

/** What is coloured, and how: the first word of a scope of highlight.js → ours. */
const COLOURS = new Map([
  ['keyword', 'word'],
  ['literal', 'word'],
  ['selector-tag', 'word'],
  ['name', 'word'],
  ['string', 'text'],
  ['regexp', 'text'],
  ['addition', 'text'],
  ['number', 'number'],
  ['symbol', 'number'],
  ['comment', 'aside'],
  ['quote', 'aside'],
  ['meta', 'aside'],
  ['title', 'name'],
  ['section', 'name'],
  ['attr', 'name'],
  ['attribute', 'name'],
  ['property', 'name'],
  ['selector-class', 'name'],
  ['selector-id', 'name'],
  ['built_in', 'kind'],
  ['type', 'kind'],
  ['variable', 'kind'],
  ['template-variable', 'kind'],
  ['params', ''],
  ['deletion', 'gone'],
])

/**
 * Code as text and spans of `code-…`, never as HTML.
 * @param {string} code @param {string} language One that we have, under any of its names.
 * @returns {(Node | string)[]}
 */
export function highlight(code, language) {
  if (!hljs.getLanguage(language)) return [code]
  const { _emitter: emitter } = /** @type {any} */ (
    hljs.highlight(code, { language, ignoreIllegals: true })
  )
  return nodesOf(emitter.rootNode.children)
}

/** @typedef {string | {scope?: string, children: Part[]}} Part @param {Part[]} parts @returns {(Node | string)[]} */
function nodesOf(parts) {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [part]
    const colour = COLOURS.get(part.scope?.split('.', 1)[0] ?? '')
    const inside = nodesOf(part.children)
    return colour ? [el('span', { class: `code-${colour}` }, ...inside)] : inside
  })
}
