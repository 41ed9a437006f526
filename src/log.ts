import { pino, type Logger } from 'pino'
import { readable } from './readable-log.js'

export type { Logger }

/** Lines that are kept of one bot, and bots of which some are kept. */
const LINES = 200
const BOTS = 500

/** The last lines of the log about each bot or plugin, kept in memory. */
export class RecentLines {
  readonly #lines = new Map<string, string[]>()

  /** Takes a line of the log. */
  readonly write = (line: string): void => {
    if (!line.includes('"plugin":"')) return
    const { plugin } = JSON.parse(line) as { plugin?: unknown }
    const name = nameIn(String(plugin))
    const lines = this.#lines.get(name) ?? []
    if (!this.#lines.has(name) && this.#lines.size >= BOTS) return
    this.#lines.set(name, lines)
    lines.push(line.trimEnd())
    if (lines.length > LINES) lines.shift()
  }

  readonly of = (name: string): readonly string[] => this.#lines.get(name) ?? []
}

/** `bot:dice#3`, the third version of it, is about `dice`. */
const nameIn = (plugin: string): string => plugin.replace(/^\w+:/, '').replace(/#\d+$/, '')

/**
 * The server's log: JSON lines on standard error; on a terminal, lines that a person reads. It names things by id and
 * never holds a message text, a cookie or a token; who logs, passes ids.
 * @param level pino's level; `silent` for tests that assert on something else.
 * @param recent Gets its lines as well.
 */
export const createLog = (level: string = 'info', recent?: RecentLines): Logger => {
  const bytes = pino.destination({ fd: 2, sync: true })
  const stderr = process.stderr.isTTY
    ? { write: (line: string) => void bytes.write(readable(line)) }
    : bytes
  const streams = recent
    ? pino.multistream([
        { stream: stderr, level: 'info' },
        { stream: recent, level: 'info' },
      ])
    : stderr
  const timestamp = pino.stdTimeFunctions.isoTime
  return pino({ level, base: null, timestamp, serializers: { err: withoutBytes } }, streams)
}

/** What Node tells of a request that is no HTTP has the bytes that came: cookies, names, texts. */
export const withoutBytes = (error: Error) => {
  const told: unknown = pino.stdSerializers.err(error)
  if (typeof told === 'object' && told !== null) Reflect.deleteProperty(told, 'rawPacket')
  return told
}
