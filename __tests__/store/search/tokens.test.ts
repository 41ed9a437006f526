import { expect, test } from '@jest/globals'
import { assert, property, string } from 'fast-check'
import { isWord, pairs, tokens } from '../../../src/store/search/tokens.js'

/**
 * The rule, written down. If a line of this table changes, what is indexed already is no longer found by it:
 * a migration has to index everything anew (src/store/search/tokens.ts).
 */
test.each([
  ['你好，世界', '你 好 世 界'],
  ['第3章，2025年', '第 3 章 2025 年'],
  ['用iPhone拍的', '用 iphone 拍 的'],
  ['繁體字', '繁 體 字'],
  ['𠮷野家', '𠮷 野 家'],
  ['ラーメン ｶﾞｷﾞ が', 'ラ ー メ ン ガ ギ が'],
  ['한국어', '한 국 어'],
  ['ไม่รู้', 'ไ ม่ รู้'],
  ['Hello, World', 'hello world'],
  ["don't", 'don t'],
  ['snake_case', 'snake case'],
  ['https://example.org/a?b=1', 'https example org a b 1'],
  ['ＡＢＣ１２３', 'abc123'],
  ['Café crème, naïve', 'cafe creme naive'],
  ['e\u0301', 'e'],
  ['Straße STRASSE Łódź Đà Øre Ǽsir İstanbul', 'strasse strasse lodz da ore aesir istanbul'],
  ['Ёлка ёлка', 'елка елка'],
  ['ΑΣΣΟΣ Άσσος', 'ασσοσ ασσοσ'],
  ['مَرْحَبًا', 'مرحبا'],
  ['हिन्दी', 'हिन्दी'],
  ['ﬁne ½ ㈱', 'fine 1 2 株'],
  ['zero\u200bwidth soft\u00adhyphen', 'zerowidth softhyphen'],
  ['🌙🌙 👍🏽 ☀️ 👩‍🚀', '🌙 🌙 👍 ☀ 👩 🚀'],
  ['🇨🇳', '🇨 🇳'],
  ['。，!? …', ''],
])('%j is found by %j', (text, expected) => {
  expect(tokens(text).join(' ')).toBe(expected)
})

test('a token is letters, digits or emoji alone, whatever the text', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 50 }), (text) => {
      for (const token of tokens(text)) {
        expect(token).toMatch(/^([\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}|\p{RI})$/u)
      }
    }),
  )
})

test('tokens are themselves once they are folded', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 50 }), (text) => {
      const once = tokens(text)
      expect(tokens(once.join(' '))).toEqual(once)
    }),
  )
})

test('words go on, characters and emoji do not', () => {
  expect(['hello', 'été', '2025'].map(isWord)).toEqual([true, true, true])
  expect(['你', 'が', '한', '🌙'].map(isWord)).toEqual([false, false, false, false])
})

test.each([
  ['你好吗', '你好 好吗'],
  ['你好，世界', '你好 好世 世界'],
  ['用iPhone拍的', '拍的'],
  ['第3章，很短 abc 🌙🌙', '章很 很短 | 🌙🌙'],
  ['我', ''],
  ['only words 2025', ''],
])('%j has the pairs %j', (text, expected) => {
  const rows = pairs(tokens(text)).map((row) => row.join(' '))
  expect(rows.join(' | ')).toBe(expected)
})
