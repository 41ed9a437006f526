import { describe, expect, test } from '@jest/globals'
import { inStyle } from '../../static/js/markdown/letters.js'
import { treeOf, type Part } from '../../static/js/markdown/tex.js'

/** A formula in a few letters: `mfrac(mn[1] mn[2])`. */
function told(part: Part): string {
  if (typeof part === 'string') return part
  const { tag, children } = part
  const inside = children.map(told).join(' ')
  return children.every((child) => typeof child === 'string')
    ? `${tag}[${inside}]`
    : `${tag}(${inside})`
}
const shape = (source: string) => {
  const tree = treeOf(source, false)
  return tree && tree.children.map(told).join(' ')
}

/** Everything in it. */
const all = (part: Part): Exclude<Part, string>[] =>
  typeof part === 'string' ? [] : [part, ...part.children.flatMap(all)]

describe('TeX', () => {
  test.each([
    ['x^2', 'mrow(msup(mi[x] mn[2]))'],
    ['\\frac12', 'mrow(mfrac(mn[1] mn[2]))'],
    ['\\mathbb{R}', 'mrow(mi[ℝ])'],
    ['\\text{长度}', 'mrow(mtext[长度])'],
  ])('%s is %s', (source, made) => {
    expect(shape(source)).toBe(made)
  })

  test.each(['\\frac{1', 'a}', '\\unknown', '', '\\begin{x}'].filter(Boolean))(
    'with a fault is nothing: %s',
    (source) => {
      expect(treeOf(source, false)).toBeUndefined()
    },
  )

  test('stands on a line of its own where it is asked to', () => {
    expect(treeOf('x', true)).toMatchObject({ tag: 'math', attributes: { display: 'block' } })
    expect(treeOf('x', false)).toMatchObject({ attributes: {} })
  })

  test('lines up what is to be lined up', () => {
    const tree = treeOf('\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}', true)
    const sides = all(tree ?? '').filter(({ tag }) => tag === 'mtd')
    expect(sides.map(({ attributes }) => attributes.class)).toEqual([
      'is-right',
      'is-left',
      'is-right',
      'is-left',
    ])
  })

  test('leaves nothing for the next formula', () => {
    treeOf('\\gdef\\mine{x}\\mine', false)
    expect(treeOf('\\mine', false)).toBeUndefined()
  })
})

test('letters have the styles of mathematics, the older ones from their old places', () => {
  expect(inStyle('Rz0', 'double-struck')).toBe('ℝ𝕫𝟘')
  expect(inStyle('Hx', 'script')).toBe('ℋ𝓍')
  expect(inStyle('B1', 'bold')).toBe('𝐁𝟏')
  expect(inStyle('a中', 'italic')).toBe('𝑎中')
  expect(inStyle('a', 'normal')).toBe('a')
  expect(inStyle('a', 'constructor')).toBe('a')
})

/** TeX that wants to load, to link, to style, to reach out of its place, or never to end. */
const HOSTILE = [
  '\\href{javascript:window.__xss=1}{x}',
  '\\url{https://evil.example}',
  '\\includegraphics{https://evil.example/x.png}',
  '\\htmlStyle{position:fixed;inset:0}{x}',
  '\\htmlClass{dialog}{x}',
  '\\htmlId{input}{x}',
  '\\htmlData{act=recall}{x}',
  '\\fcolorbox{red}{blue}{x}',
  '\\color{white} x',
  '\\pmb{x}',
  '\\rule{9999em}{9999em}',
  '\\kern-9999em x',
  '\\raisebox{9999em}{x}',
  '\\hspace{9999em}x',
  '\\text{<img src=x onerror=window.__xss=1>}',
  '\\text{</math><script>window.__xss=1</script>}',
  '\\mathrm{"><svg onload=window.__xss=1>}',
  '\\def\\a{\\a\\a}\\a',
  '\\def\\a{\\a}\\a',
  `${Array.from({ length: 12 }, (_, n) => `\\edef\\${'abcdefghijklm'[n + 1]}{${`\\${'abcdefghijklm'[n]}`.repeat(8)}}`).join('')}\\m`.replace(
    '\\edef\\b',
    '\\def\\a{xxxxxxxx}\\edef\\b',
  ),
  '{'.repeat(3999),
  '\\sqrt{'.repeat(600) + 'x' + '}'.repeat(600),
  'x^{'.repeat(1000) + 'x' + '}'.repeat(1000),
  '\\left('.repeat(600) + 'x' + '\\right)'.repeat(600),
  '\\begin{matrix}'.repeat(200),
  `\\begin{matrix}${'&'.repeat(3000)}\\end{matrix}`,
  `\\begin{matrix}${'\\\\'.repeat(1900)}\\end{matrix}`,
  'a'.repeat(3990),
  '\\R'.repeat(1900),
  '\u0000\u202e\ud83d\ude00',
]
const NAMES = new Set(['class', 'display', 'mathvariant', 'notation'])

describe('hostile TeX', () => {
  test.each(HOSTILE.map((source) => [source.slice(0, 60), source]))(
    'is shown harmless or not at all: %s',
    (_, source) => {
      const made = all(treeOf(source, true) ?? '')
      expect(made.length).toBeLessThanOrEqual(2_001)
      expect(depth(treeOf(source, true) ?? '')).toBeLessThanOrEqual(65)
      const values = made.flatMap(({ attributes }) => Object.entries(attributes))
      const loud = values.filter(
        ([name, value]) =>
          !NAMES.has(name) && !/^(?:true|false|[+-]?\d|-?1?\d(?:\.\d+)?(?:em|px|pt))$/.test(value),
      )
      expect(loud).toEqual([])
    },
  )
})

const depth = (part: Part): number =>
  typeof part === 'string' ? 0 : 1 + Math.max(0, ...part.children.map(depth))
