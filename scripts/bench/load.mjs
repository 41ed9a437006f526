import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { LOAD_CORE, SERVER_CORE, wsload } from './setup.mjs'

/**
 * Runs the generator once, on its own core; it bounds its own time.
 * @param {import('./targets.mjs').Target} target
 * @param {Record<string, string | number>} flags
 * @returns {Promise<object>} The generator's line of JSON; the head of wsload.c explains the fields.
 */
export async function load(target, flags) {
  const all = { pid: target.pid, cpu: SERVER_CORE, ...flags }
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const child = spawn('taskset', ['-c', `${LOAD_CORE}`, wsload, ...args, target.url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (!out) throw new Error(`the generator said nothing but: ${complaint}`)
  return JSON.parse(out)
}
