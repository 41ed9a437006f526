import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs the simulation of __tests__/simulation with so many schedules. Of one that breaks a promise, the shortest that
 * does is told, with the words that run it once more.
 * @param {{ runs: string, seed: string, path?: string }} options
 * @returns {Promise<boolean>} whether every promise was kept.
 */
export async function simulationRun({ runs, seed, path }) {
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--runInBand']
  const child = spawn(process.execPath, [...jest, '__tests__/simulation'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      SIMULATION_RUNS: runs,
      SIMULATION_SEED: seed,
      ...(path !== undefined && { SIMULATION_PATH: path }),
    },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}
