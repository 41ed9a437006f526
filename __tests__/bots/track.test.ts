import { expect, test } from '@jest/globals'
import { Track } from '../../src/bots/track.js'

test('nothing is known of a bot that did nothing', () => {
  const { answered, failed, p95, lastError } = new Track()
  expect([answered, failed, p95, lastError]).toEqual([0, 0, undefined, undefined])
})

test('95 of 100 answers took no longer than the percentile, of the last 200', () => {
  const track = new Track()
  for (let n = 0; n < 500; n++) track.answeredIn(9_999)
  for (let ms = 1; ms <= 200; ms++) track.answeredIn(ms)
  expect([track.answered, track.p95]).toEqual([700, 190])
})

test('the last failure is kept with its time', () => {
  let now = 0
  const track = new Track(() => ++now)
  track.failedBy('auth')
  track.failedBy('network')
  expect([track.failed, track.lastError]).toEqual([2, { at: 2, kind: 'network' }])
})
