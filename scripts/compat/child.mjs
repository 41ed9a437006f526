import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How long a program may take until it has said that it is ready, in milliseconds. */
const PATIENCE_MS = 60_000

/**
 * Somebody else's program as a process of its own, which ends with its case.
 * @param {{ command: string, args: string[], cwd: string, env?: object, ready: RegExp, atEnd: (end: () => unknown) => void }} options
 * `ready`: what it says when it is ready.
 * @returns its child; `end` ends it; `ready` rejects with what it said if it ends before; `gone` resolves when it has ended.
 */
export function begin({ command, args, cwd, env = {}, ready: pattern, atEnd }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own: some start others
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  const end = () => {
    const { pid, exitCode, signalCode } = child
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
  }
  process.once('exit', end)
  atEnd(async () => {
    end()
    await gone
    process.off('exit', end)
  })
  let said = ''
  const ready = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready in time: ${said}`)), PATIENCE_MS)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        said += data
        if (pattern.test(said)) resolve()
      })
    }
    once(child, 'exit').then(
      () => reject(new Error(`it ended: ${said}`)),
      (error) => reject(error),
    )
    void gone.then(() => clearTimeout(late))
  })
  return { child, ready, gone, end, said: () => said }
}
