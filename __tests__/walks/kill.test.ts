import { expect, test } from '@jest/globals'
import { killRun } from '../../scripts/faults/kill.mjs'

test('kill -9 in the middle of talk: nothing acknowledged is lost, nothing twice, no gap', async () => {
  const outcome = await killRun({ times: 3, rate: 200 })

  expect(outcome.violations).toEqual([])
  expect(outcome).toMatchObject({ kills: 3, integrity: 'ok', exitCode: 0 })
  expect(outcome.acked).toBe(outcome.sent)
  expect(outcome.stored).toBe(outcome.acked)
  expect(outcome.resent).toBeGreaterThan(0)
}, 120_000)
