import { harmless } from './harmless.js'

/** pino's numbers for levels; the usual one is not worth a word. */
const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: '', 40: 'warning', 50: 'error', 60: 'fatal' } // prettier-ignore

interface Line {
  level: number
  time: string
  msg?: string
  err?: { stack?: string; message?: string }
}

/**
 * A line of the log, which is JSON, as a person at a terminal reads it: when, what, and the rest as `name=value`;
 * of an error its stack, below. No value can say anything to the terminal but its letters.
 */
export function readable(json: string): string {
  const { level, time, msg = '', err, ...rest } = JSON.parse(json) as Line
  const values = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const parts = [new Date(time).toLocaleTimeString('sv'), LEVELS[level] ?? '', msg, ...values]
  const line = parts.filter((part) => part !== '').join('  ')
  const trace = (err?.stack ?? err?.message)?.split('\n') ?? []
  return [line, ...trace.map((step) => `    ${step}`)].map((text) => `${harmless(text)}\n`).join('')
}
