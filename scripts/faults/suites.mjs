import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs the simulation of __tests__/simulation with so many schedules. Of one that breaks a promise, the shortest that
 * does is told, with the words that run it once more.
 * @param {{ runs: number, seed: number, path?: string }} options
 * @returns {Promise<boolean>} whether every promise was kept.
 */
export const simulationRun = ({ runs, seed, path }) =>
  suite('__tests__/simulation', {
    SIMULATION_RUNS: `${runs}`,
    SIMULATION_SEED: `${seed}`,
    ...(path !== undefined && { SIMULATION_PATH: path }),
  })

/** @param {{ frames: number, requests: number, seed: number }} options */
export const fuzzRun = ({ frames, requests, seed }) =>
  suite('__tests__/walks/fuzz', {
    FUZZ_FRAMES: `${frames}`,
    FUZZ_REQUESTS: `${requests}`,
    FUZZ_SEED: `${seed}`,
  })

/** A suite of `npm test`, but with more of everything. */
async function suite(path, more) {
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--runInBand', path]
  const child = spawn(process.execPath, jest, {
    stdio: 'inherit',
    env: { ...process.env, ...more },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}
