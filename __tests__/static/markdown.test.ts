import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from '@jest/globals'
import { parse, type Token } from '../../static/js/markdown/parse.js'
import { finish } from '../../static/js/markdown/unfinished.js'

/** What is made of a text, in a few letters: `p(a b(c))`. */
const shape = (text: string) => parse(text).map(told).join('')

function told(token: Token): string {
  if (token.type === 'inline') return (token.children ?? []).map(told).join('')
  const [name = ''] = token.type.split('_')
  if (token.hidden) return ''
  if (token.nesting === 1) return `${name}(`
  if (token.nesting === -1) return ')'
  if (token.type.endsWith('break')) return '⏎'
  return token.type === 'text' ? token.content : `${name}[${token.content}]`
}

describe('Markdown', () => {
  test.each([
    ['a **b** c', 'paragraph(a strong(b) c)'],
    ['*a* _b_ ~~c~~ `d`', 'paragraph(em(a) em(b) s(c) code[d])'],
    ['one\ntwo', 'paragraph(one⏎two)'],
    ['- a\n- b', 'bullet(list(a)list(b))'],
    ['3. a', 'ordered(list(a))'],
    ['> a', 'blockquote(paragraph(a))'],
    ['# a', 'heading(a)'],
    ['```js\na\n```', 'fence[a\n]'],
    ['---', 'hr[]'],
    ['[a](https://b.example)', 'paragraph(link(a))'],
    ['<https://b.example>', 'paragraph(link(https://b.example))'],
  ])('%j is %s', (text, made) => {
    expect(shape(text)).toBe(made)
  })

  test.each([
    ['**注意。**后面的字', 'paragraph(strong(注意。)后面的字)'],
    ['他说**“好”**了', 'paragraph(他说strong(“好”)了)'],
    ['这是*重点*吗', 'paragraph(这是em(重点)吗)'],
    ['这~~错了。~~对', 'paragraph(这s(错了。)对)'],
  ])('emphasis may stand between Chinese characters: %s', (text, made) => {
    expect(shape(text)).toBe(made)
  })

  test.each([
    '<b>a</b> & &amp; <script>alert(1)</script>',
    '<div>\na',
    '2*3*4=24',
    'snake_case_name',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](https://good.example@evil.example)',
    '<javascript:alert(1)>',
    '![a]',
    '#tag',
    '-1',
  ])('%j stays as it was typed', (text) => {
    expect(shape(text).replaceAll('⏎', '\n')).toBe(`paragraph(${text})`)
  })

  test('an indented line is no code, a reference no link', () => {
    expect(shape('    a')).toBe('paragraph(a)')
    expect(shape('[a]: https://b.example')).toBe('paragraph([a]: address[https://b.example])')
  })

  test('an address keeps its stars and underscores', () => {
    expect(shape('see https://a.example/_b_*c*_d, **so**')).toBe(
      'paragraph(see address[https://a.example/_b_*c*_d], strong(so))',
    )
  })
})

const document = `# 排序

先看**最简单。**的做法，用 \`sort()\`，见 [MDN](https://developer.mozilla.org/a_b)：

\`\`\`js
const sorted = names.sort((a, b) => a - b) // **not bold**
\`\`\`

1. *第一* ~~步~~
2. **第二**步

| name | n |
|------|--:|
| \`a\`  | 1 |

> 引用 **里面**

Done: ***both***.`

describe('a text that grows', () => {
  const prefixes = Array.from({ length: document.length + 1 }, (_, end) => document.slice(0, end))

  test('never shows the marks of what is not whole yet', () => {
    const marks = /\*|~~|\]\(|\||`/u
    const shown = prefixes.map((text) => shape(finish(text)).replace(/fence\[.*?\]/su, ''))
    expect(shown.filter((text) => marks.test(text))).toEqual([])
  })

  test('is finished whatever it is, and never longer than by what closes it', () => {
    const pieces = constantFrom('*', '**', '_', '~~', '`', '```', '\n', '\n\n', ' ', '|', '-', '[', '](', ')', '\\', '字', 'a', '1.', '> ', 'https://a.b') // prettier-ignore
    assert(
      property(array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        parse(finish(text))
        expect(finish(text).length).toBeLessThanOrEqual(2 * text.length)
      }),
    )
  })

  test('ends as the whole text is', () => {
    expect(shape(finish(document))).toBe(shape(document))
  })

  test.each([
    ['a **b', 'a **b**'],
    ['a **b ', 'a **b** '],
    ['a **b*', 'a **b**'],
    ['a `b', 'a `b`'],
    ['a ~~b', 'a ~~b~~'],
    ['***a', '***a***'],
    ['*a **b', '*a **b***'],
    ['5 * 3', '5 * 3'],
    ['2*3', '2*3'],
    ['a_b', 'a_b'],
    ['see [the page](https://a.exam', 'see the page'],
    ['- a\n-', '- a'],
    ['a\n##', 'a'],
    ['```js\nlet a\n``', '```js\nlet a\n'],
    ['a\n| b | c |\n|--', 'a'],
    ['https://a.example/*', 'https://a.example/'],
  ])('%j is shown as %j', (text, shown) => {
    expect(finish(text)).toBe(shown)
  })
})
