import { expect, test } from '@jest/globals'
import { excerpt } from '../../static/js/models/excerpt.js'

const marked = (text: string, query: string) =>
  excerpt(text, query)
    .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join('')

test.each([
  ['今天带雨伞', '雨伞', '今天带[雨伞]'],
  ['Rain, rain', 'rain', '[Rain], [rain]'],
  ['a blue umbrella', '"blue umbrella" from:ada', 'a [blue umbrella]'],
  ['nothing of it', 'from:ada has:link', 'nothing of it'],
  ['1+1 (two)', '1+1 (two)', '[1+1] [(two)]'],
  ['as it is', '', 'as it is'],
])('of %j, sought by %j, is shown %j', (text, query, shown) => {
  expect(marked(text, query)).toBe(shown)
})

test('a long text is shown about its first word', () => {
  const text = `${'前'.repeat(500)}雨伞${'后'.repeat(500)}`
  const shown = marked(text, '雨伞')
  expect(shown).toMatch(/^…前+\[雨伞\]后+…$/)
  expect(shown.length).toBeLessThan(210)
})
