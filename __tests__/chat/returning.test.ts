import { expect, test } from '@jest/globals'
import { Returning } from '../../src/chat/presence/returning.js'

const before = [1, 2]

test('people who were here before are waited for two minutes', () => {
  const returning = new Returning(before, 0)
  expect(returning.awaited(1)).toEqual({ users: before, ms: 119_999 })
  expect(returning.came(1, 1)).toBe(true)
  expect(returning.count(119_999)).toBe(1)
  expect([returning.count(120_000), returning.awaited(120_000)]).toEqual([0, undefined])
})

test('who came back and left again is waited for no more, and comes anew', () => {
  const returning = new Returning(before, 0)
  returning.came(2, 1)
  expect(returning.count(2)).toBe(1)
  expect(returning.came(2, 3)).toBe(false)
})

test('of a crowd some are told of, and all are waited for', () => {
  const crowd = Array.from({ length: 500 }, (_, id) => id)
  const returning = new Returning(crowd, 0)
  expect([returning.count(1), returning.awaited(1)?.users]).toEqual([500, crowd.slice(0, 20)])
})
