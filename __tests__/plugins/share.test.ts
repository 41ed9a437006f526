import { expect, test } from '@jest/globals'
import { Share } from '../../src/plugins/worker/share.js'

/** A tenth of a core, and a second at once, on a clock that the test passes. */
function share() {
  let now = 0
  const opened = new Share({ share: 0.1, spree: 1_000 }, () => now)
  return { opened, passes: (ms: number) => void (now += ms) }
}

test('a second at once is free; what goes beyond is waited for, at a tenth of a core', () => {
  const { opened, passes } = share()
  opened.took(1_000)
  expect(opened.wait).toBe(0)
  opened.took(50)
  expect(opened.wait).toBe(500)

  passes(400)
  expect(Math.round(opened.wait)).toBe(100)
  passes(10_000)
  opened.took(900)
  expect(opened.wait).toBe(0)
})

test('who took a core for a minute waits half a minute, not ten', () => {
  const { opened } = share()
  opened.took(60_000)
  expect(opened.wait).toBe(30_000)
})
