import { expect, test } from '@jest/globals'
import { lastingRun } from '../../scripts/faults/lasting.mjs'

test('a line that was stored and heard leaves next to nothing that V8 takes for lasting', async () => {
  expect(await lastingRun({ lines: 15_000 })).toBeLessThan(60)
}, 120_000)
