import { el, icon } from '../components/dom.js'
import { fill } from '../models/words.js'
import { morph } from '../components/morph.js'

/** Languages that highlight.js here knows, by the names that people give them. */
const KNOWN = new Set(
  (
    'bash sh zsh c h cpp cc c++ hpp css diff patch go golang html xml svg java javascript js jsx mjs cjs json jsonc json5 ' +
    'python py rust rs sql typescript ts tsx mts cts yaml yml'
  ).split(' '),
)
const LONGEST_NAME = 20

/** @type {typeof import('./highlight.js').highlight | undefined} */
let highlight
let fetching = false

/**
 * A block of code with its language and a button that copies it. Colours come as soon as their part of the program is
 * here; it is fetched for the first block that wants them.
 * @param {string} code @param {string} info What stands behind the fence. @param {any} words `texts.message`
 */
export function codeBlock(code, info, words) {
  const text = code.replace(/\n$/u, '')
  const name = info.trim().split(/\s/u, 1)[0]?.slice(0, LONGEST_NAME) ?? ''
  const language = name.toLowerCase()
  const known = KNOWN.has(language)
  const coloured = known && highlight ? highlight(text, language) : [text]
  const waits = known && !highlight
  if (waits) void fetchHighlight()
  const label = fill(words.code, { language: name }).trim()
  return el(
    'div',
    { class: 'code' },
    el(
      'div',
      { class: 'code__head' },
      el('span', { class: 'code__language' }, name),
      el(
        'button',
        { type: 'button', class: 'code__copy', 'data-act': 'code' },
        icon('copy'),
        words.copyCode,
      ),
    ),
    el(
      'pre',
      { class: 'code__text', tabindex: 0, role: 'group', 'aria-label': label, dir: 'ltr' },
      el('code', { 'data-waits': waits ? language : undefined }, ...coloured),
    ),
  )
}

async function fetchHighlight() {
  if (fetching) return
  fetching = true
  const part = await import('./highlight.js').catch(() => undefined)
  fetching = false // the next block tries again
  if (!part) return
  highlight = part.highlight
  for (const code of document.querySelectorAll('code[data-waits]')) {
    morph(code, highlight(code.textContent ?? '', code.getAttribute('data-waits') ?? ''))
    code.removeAttribute('data-waits')
  }
}
