import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { partsOf } from '../../static/js/models/parts.js'

test('a text that fits is one part', () => {
  expect(partsOf('hello there', 20)).toEqual(['hello there'])
})

test('a long one is cut between paragraphs rather than lines, and lines rather than words', () => {
  expect(partsOf('one one\n\ntwo two\nthree', 14)).toEqual(['one one', 'two two\nthree'])
  expect(partsOf('one two\nthree four', 12)).toEqual(['one two', 'three four'])
  expect(partsOf('one two three four', 12)).toEqual(['one two', 'three four'])
  expect(partsOf('第一句话。第二句话。第三句', 8)).toEqual(['第一句话。', '第二句话。第三句'])
})

test('whatever it is, no part is too long or empty, and no character is lost or broken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const parts = partsOf(text, 20)
      expect(parts.every((part) => part !== '' && Array.from(part).length <= 20)).toBe(true)
      expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
    }),
  )
})
