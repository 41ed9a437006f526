import { join } from 'node:path'
import { runProgram } from '../../src/commands/run-program.js'
import type { World } from '../helpers/lobby.js'
import { folder, type Ended } from './program.js'

interface ConsoleOptions {
  cwd?: string
  env?: Record<string, string>
}

/** Does what the built program does with these words, without a process of its own: that costs half a second. */
export async function inConsole(
  args: readonly string[],
  { cwd = folder(), env = {} }: ConsoleOptions = {},
): Promise<Ended> {
  const out: string[] = []
  const err: string[] = []
  const code = await runProgram(args, {
    env: { LANG: 'C', ...env },
    cwd,
    terminal: false,
    print: (line) => out.push(line),
    complain: (line) => err.push(String(line)),
    exit: (code) => err.push(`it would have ended with ${code}`),
  })
  return { code, stdout: out.join('\n'), stderr: err.map((line) => `${line}\n`).join('') }
}

/** The words of a command beside a world, as its host would type it in another terminal. */
export const besideOf = (world: World, args: readonly string[]): string[] => [
  ...args,
  '--config',
  join(world.folder, 'config.ini'),
]
