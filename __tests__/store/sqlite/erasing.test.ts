import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Erasing } from '../../../src/store/sqlite/erasing.js'
import type { Thread } from '../../../src/store/sqlite/thread.js'
import { Turns } from '../../../src/store/sqlite/turns.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** A thread in which somebody always reads from the log. */
const busy = { rows: async () => [{ busy: 1 }] } as unknown as Thread

test('a log that somebody reads from is emptied another time', async () => {
  const erasing = new Erasing(busy, new Turns())
  erasing.later()
  await jest.advanceTimersByTimeAsync(60_000)
  expect(jest.getTimerCount()).toBe(1)
  await erasing.close()
})

test('what is closed tries no more, whatever is under way or comes late', async () => {
  const erasing = new Erasing(busy, new Turns())
  erasing.later()
  jest.advanceTimersByTime(10_000) // it is at work
  await erasing.close()
  erasing.later() // a commit that was under way
  expect(jest.getTimerCount()).toBe(0)
})
