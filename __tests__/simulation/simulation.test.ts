import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { asyncProperty, check as search } from 'fast-check'
import { mutants } from './mutants.js'
import { schedules, type Action } from './schedule.js'
import type { World } from './world.js'

// By the clock of the simulation, as all other time is.
jest.unstable_mockModule('node:timers/promises', () => ({
  setTimeout: (ms: number, value?: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, ms, value)
      signal?.addEventListener('abort', () => reject(signal.reason))
    }),
  setImmediate: () => new Promise((resolve) => void setImmediate(resolve)),
}))

const { SIMULATION_RUNS = '60', SIMULATION_SEED = '20', SIMULATION_PATH } = process.env

let world: World
beforeAll(async () => {
  const { World } = await import('./world.js')
  world = await World.open()
})
afterAll(() => world.close())

test('however what happens is interleaved with crashes, faults and broken lines, every promise is kept', async () => {
  const outcome = await search(
    asyncProperty(schedules, async (schedule) => {
      expect(await world.run(schedule)).toEqual([])
    }),
    {
      numRuns: Number(SIMULATION_RUNS),
      seed: Number(SIMULATION_SEED),
      ...(SIMULATION_PATH !== undefined && { path: SIMULATION_PATH }),
    },
  )
  expect(said(outcome)).toBe('no failure')
}, 3_600_000)

test.each(Object.entries(mutants))('a server that %s is caught', async (_, mutant) => {
  let rules: string[] = []
  const { errorInstance } = await search(
    asyncProperty(schedules, async (schedule) => {
      rules = (await world.run(schedule, mutant)).map(({ rule }) => rule)
      return rules.length === 0
    }),
    { numRuns: 100, seed: 20, endOnFailure: true },
  )
  expect(String(errorInstance)).toContain('returning false') // and no other error
  expect(mutant.rules.filter((rule) => rules.includes(rule))).not.toEqual([])
})

/** What to say to see a failure once more. */
function said({
  failed,
  seed,
  counterexamplePath: path,
  counterexample,
  errorInstance,
}: Outcome): string {
  if (!failed) return 'no failure'
  const again = `npm run faults -- simulation --seed ${seed} --path ${path}`
  return `${again}\n${JSON.stringify(counterexample?.[0])}\n${String(errorInstance)}`
}

interface Outcome {
  failed: boolean
  seed: number
  counterexamplePath: string | null
  counterexample: [Action[]] | null
  errorInstance?: unknown
}
