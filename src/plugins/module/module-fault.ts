import { dirname, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Texts } from '../../i18n/index.js'
import { lineWith } from './line-with.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

/** What is wrong with a user's module or with what it did, as data: it crosses from the worker to the server. */
export interface FaultData {
  /** In the words of who threw it. */
  message: string
  /** One of our sentences instead (i18n `dropIn.reasons`), with its values. */
  code?: FaultCode
  values?: Record<string, string>
  /** Where in the user's own files it happened. */
  file?: string
  line?: number
  stack?: string
  /** A word for its sort, if who threw it gave one. */
  kind?: string
}

export type FaultCode = keyof Texts['dropIn']['reasons']

/** A user's module that cannot be used, for a reason that we know. */
export class ModuleFault extends Error {
  override readonly name = 'ModuleFault'
  readonly #data: FaultData

  constructor(data: FaultData) {
    super(data.message)
    this.#data = data
    // Where it happened in the user's code, and not here.
    if (data.stack !== undefined) this.stack = data.stack
  }

  get kind(): string | undefined {
    return this.#data.kind
  }

  get data(): FaultData {
    return this.#data
  }
}

/** @param at Where it is wrong, if that is known. */
export const ruleFault = (
  code: FaultCode,
  values: Record<string, string> = {},
  at: { file?: string; line?: number } = {},
): ModuleFault => new ModuleFault({ message: code, code, values, ...at })

/**
 * What anything that was thrown says.
 * @param file The module's file: of the stack the first frame in its folder is where it happened.
 */
export function faultData(error: unknown, file?: string): FaultData {
  if (error instanceof ModuleFault) return placed(error, file)
  if (!(error instanceof Error)) return { message: String(error).slice(0, MESSAGE_CHARS) }
  const { name } = error
  const message = error.message.slice(0, MESSAGE_CHARS)
  const stack = error.stack === undefined ? undefined : shortened(error.stack)
  return {
    message: name === 'Error' ? message : `${name}: ${message}`,
    ...(stack !== undefined && { stack }),
    ...('kind' in error && typeof error.kind === 'string' && { kind: error.kind }),
    ...(file !== undefined && stack !== undefined && placeIn(stack, file)),
  }
}

/** What of a message goes further: it may hold what somebody wrote, and is logged and shown. In UTF-16 units. */
const MESSAGE_CHARS = 1_000
const FRAMES_CHARS = 4_000

/** A stack begins with its message. */
function shortened(stack: string): string {
  const at = stack.search(/^ {4}at /m)
  if (at === -1) return stack.slice(0, MESSAGE_CHARS)
  const message = stack.slice(0, at).trimEnd().slice(0, MESSAGE_CHARS)
  return `${message}\n${stack.slice(at, at + FRAMES_CHARS)}`
}

/** Where a rule was broken: in the call that broke it, or else where the key stands that it is about. */
function placed({ data, stack = '' }: ModuleFault, file: string | undefined): FaultData {
  if (data.file !== undefined || file === undefined) return data
  const { key, name } = data.values ?? {}
  const texts = key === undefined ? quoted(name) : asKey(key)
  return { ...data, file, ...lineWith(texts, file), ...placeIn(stack, file) }
}

const asKey = (key: string) => [`${key}:`, `${key}':`, `${key}":`, ` ${key} `]

const quoted = (name: string | undefined) =>
  name === undefined ? [] : [`'${name}'`, `"${name}"`, `\`${name}\``]

/** `at f (/a/b.js:3:7)`, `at async /a/b.js:3:7`, and `/a/b.js:3` above what does not compile. */
const FRAME = /^(?:\s*at (?:async )?(?:.* \()?)?(\S.*?):(\d+)(?::\d+)?\)?$/

/** The first place in a stack that lies in the folder of a user's file, packages left out. */
export function placeIn(stack: string, file: string): { file: string; line: number } | undefined {
  const folder = dirname(file) + sep
  const url = `${pathToFileURL(dirname(file)).href}/`
  for (const frame of stack.split('\n')) {
    const [, path = '', line = ''] = FRAME.exec(frame) ?? []
    const own = path.startsWith(url) ? folder + decodeURI(path.slice(url.length)) : path
    if (own.startsWith(folder) && !own.includes(`${sep}node_modules${sep}`)) {
      return { file: own, line: Number(line) }
    }
  }
  return undefined
}
