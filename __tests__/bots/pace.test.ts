import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Pace } from '../../src/bots/speaking/pace.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** A pace whose five turns at once are taken. */
function spent(): Pace {
  const pace = new Pace()
  for (let n = 0; n < 5; n += 1) expect(pace.take()).toBe(true)
  return pace
}

test('who waits speaks in the order of coming, and nobody goes before', async () => {
  const pace = spent()
  const spoke: number[] = []
  const patience = new AbortController().signal
  for (let n = 0; n < 3; n += 1) void pace.wait(patience).then(() => spoke.push(n))
  await jest.advanceTimersByTimeAsync(1_500)
  expect([spoke, pace.waiting, pace.take()]).toEqual([[0], 2, false])
  await jest.advanceTimersByTimeAsync(2_000)
  expect([spoke, pace.waiting]).toEqual([[0, 1, 2], 0])
})

test('whose patience ends goes at once, and takes no turn from those behind', async () => {
  const pace = spent()
  const hasty = new AbortController()
  const patience = new AbortController().signal
  const first = pace.wait(patience)
  const second = pace.wait(hasty.signal).catch(() => 'gone')
  const third = pace.wait(patience)
  hasty.abort(new Error('no time'))
  expect(await second).toBe('gone')
  await jest.advanceTimersByTimeAsync(2_100)
  await Promise.all([first, third])
})
