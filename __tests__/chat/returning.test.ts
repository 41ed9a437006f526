import { expect, test } from '@jest/globals'
import { Returning } from '../../src/chat/presence/returning.js'

const before = [1, 2]

test('people who were here before are waited for two minutes', () => {
  const returning = new Returning(before, 0)
  expect(returning.count(() => false, 119_999)).toBe(2)
  expect(returning.count((id) => id === 1, 119_999)).toBe(1)
  expect(returning.count(() => false, 120_000)).toBe(0)
})

test('who came back and left again is waited for no more', () => {
  const returning = new Returning(before, 0)
  returning.left(2)
  expect(returning.count(() => false, 1)).toBe(1)
})
