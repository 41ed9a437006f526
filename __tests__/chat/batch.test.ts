import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Batch } from '../../src/chat/batch.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

test('the first after a quiet second is told at once, those behind it together', () => {
  const told: number[] = []
  const batch = new Batch(() => told.push(performance.now()))
  const begun = performance.now()

  expect([batch.soon(), batch.soon()]).toEqual([true, true])
  jest.advanceTimersByTime(200)
  expect([batch.soon(), batch.soon()]).toEqual([false, false])
  jest.advanceTimersByTime(5_000)

  expect(told.map((at) => at - begun)).toEqual([0, 1_000])
})

test('what nobody was told makes nobody wait', () => {
  const batch = new Batch(() => false)
  batch.soon()
  jest.advanceTimersByTime(200)
  expect(batch.soon()).toBe(true)
  batch.close()
})
