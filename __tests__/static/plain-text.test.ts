import { expect, test } from '@jest/globals'
import { plainText } from '../../static/js/models/plain-text.js'

test.each([
  ['# Rules\n> be **kind**, *please*', 'Rules\nbe kind, please'],
  ['see [the list](https://example.com/a) and `npm start`', 'see the list and npm start'],
  ['```js\nlet a = 1\n```', 'let a = 1'],
  ['2 * 3 * 4 and snake_case_name stay', '2 * 3 * 4 and snake_case_name stay'],
  ['~~旧的~~ **新的**', '旧的 新的'],
])('%j is read as %j', (written, read) => {
  expect(plainText(written)).toBe(read)
})
