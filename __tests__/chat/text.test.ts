import { expect, test } from '@jest/globals'
import { checkText } from '../../src/chat/text.js'

const codeOf = (data: string, limit = 4000) => {
  try {
    return `kept: ${checkText(data, limit)}`
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('white space at the end goes, at the start it stays, and the text is NFC', () => {
  expect(checkText('  indented e\u0301 \n\t ', 4000)).toBe('  indented é')
})

test.each([
  ['NUL', 'a\u0000b'],
  ['a bell', 'ding\u0007'],
  ['a carriage return', 'a\rb'],
  ['half of a surrogate pair', 'a\ud83d'],
  ['the other half', '\ude00b'],
])('%s is a bad request', (_what, data) => {
  expect(codeOf(data)).toBe('bad_request')
})

test('white space alone is empty, whatever kind it is', () => {
  expect(['', ' ', '\n\t', '\u3000'].map((data) => codeOf(data))).toEqual(Array(4).fill('empty'))
})

test('a text is counted in code points, so an emoji counts once', () => {
  expect(codeOf('😀'.repeat(10), 10)).toMatch(/^kept/)
  expect(codeOf('😀'.repeat(11), 10)).toBe('too_long')
})

test('4,000 Chinese characters pass; what is over 16 KiB does not, whatever its code points', () => {
  expect(codeOf('鸟'.repeat(4000))).toMatch(/^kept/)
  expect(codeOf('鸟'.repeat(4001))).toBe('too_long')
  expect(codeOf('😀'.repeat(4000))).toMatch(/^kept/)
  expect(codeOf('鸟'.repeat(5462), 100_000)).toBe('too_long')
})
