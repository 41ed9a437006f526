import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, failureOf } from './failure.js'

/** Tries after the first, at most. */
const AGAIN = 2
/** Who has to wait longer is told so instead, in seconds. */
const LONGEST_WAIT = 10
const FIRST_WAIT_MS = 500

/** What may go better the next time. Whoever waited in vain for a first byte has waited enough. */
const PASSING: ReadonlySet<unknown> = new Set(['rate-limit', 'server', 'network', 'truncated'])

export interface PersistOptions {
  /** Something was said already: a second answer would begin anew. */
  begun: () => boolean
  signal: AbortSignal
  /** Waits. @param ms Milliseconds. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
  random?: () => number
}

/** Asks again where that may help. @throws {Failure} of the last try. */
export async function persist<T>(ask: () => Promise<T>, options: PersistOptions): Promise<T> {
  const { begun, signal, pause = wait, random = Math.random } = options
  for (let tries = 0; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      const ms = pauseAfter(error, tries, random)
      if (ms === undefined || begun()) throw error
      await pause(ms, signal).catch(() => {
        throw failureOf(signal)
      })
    }
  }
}

function pauseAfter(error: unknown, tries: number, random: () => number): number | undefined {
  if (tries >= AGAIN || !(error instanceof Failure) || !PASSING.has(error.kind)) return undefined
  const { retryAfter } = error.details
  if (retryAfter === undefined) return FIRST_WAIT_MS * 2 ** tries * (0.5 + random())
  return retryAfter <= LONGEST_WAIT ? retryAfter * 1_000 : undefined
}

const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal })
