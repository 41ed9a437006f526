import { afterEach } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The built program, running. */
export interface Running {
  process: ChildProcess
  /** The first line that matches; rejects when the program ends without it. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<Ended>
}

/** A working folder that is gone after the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'chat-room-cli-'))
  folders.push(made)
  return made
}

/** One with these files in it. */
export function holding(files: Readonly<Record<string, string>>): string {
  const cwd = folder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, dirname(name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return cwd
}

/** Starts the built program with these words, in a folder and an environment of its own. */
export function start(
  args: readonly string[],
  { cwd = folder(), env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Running {
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/cli.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'], LANG: 'C', ...env },
  })
  children.push(child)

  const lines: string[] = []
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const look of waiting) look()
  }
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    tell()
  })
  let stderr = ''
  child.stderr.on('data', (data) => (stderr += String(data)))
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout: lines.join('\n'), stderr }))
  })

  return {
    process: child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null)
          if (found) resolve(found)
        }
        waiting.add(look)
        look()
        void ended.then(() => reject(new Error(`it ended without ${pattern}: ${stderr}`)))
      }),
  }
}

/** Runs the built program to its end. */
export const run = (...[args, options]: Parameters<typeof start>): Promise<Ended> =>
  start(args, options).ended

const folders: string[] = []
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})
