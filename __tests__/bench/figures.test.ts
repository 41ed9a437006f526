import { expect, test } from '@jest/globals'
import { interval, median, ratios } from '../../scripts/bench/figures.mjs'

test('the median is the middle one, or between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([])).toBeNaN()
})

test('the interval of a few numbers is all of them', () => {
  expect(interval([3, 1, 2])).toEqual([1, 3])
  expect(interval([2])).toEqual([2, 2])
})

// Table of the sign test: with n numbers, how many may be left out at either end for 95 %.
test.each([
  [6, 0],
  [7, 0],
  [8, 0],
  [9, 1],
  [11, 1],
  [12, 2],
  [15, 3],
  [20, 5],
])('of %i numbers the interval leaves out %i at either end', (n, left) => {
  const numbers = Array.from({ length: n }, (_, i) => i + 1)
  expect(interval(numbers.toReversed())).toEqual([1 + left, n - left])
})

test('ratios are made pair by pair', () => {
  expect(ratios([2, 9, 5], [1, 3])).toEqual([2, 3])
})
