import type { Logger } from '../log.js'
import { Close, HEARTBEAT_MS } from '../protocol.js'
import type { Connection } from './connection.js'
import type { Connections } from './connections.js'

const TICK_MS = 1_000
/** A socket's session is looked up this often. */
const SESSION_MS = 60_000
/** Who does not answer a ping in this time is gone. */
const PONG_MS = 10_000
/** What would be due before the next tick is due now: no line that is dead stays for longer than both together. */
const soon = (since: number, now: number, due: number) => now - since > due - TICK_MS
/** Between two ticks nothing happened for so long: this machine slept, or the process was stopped. */
const ASLEEP_MS = 5_000

export interface HeartbeatOptions {
  connections: Connections
  /** Which of these sessions (hashes of sids) are still valid. */
  stillValid: (sidHashes: readonly string[]) => Promise<ReadonlySet<string>>
  /** Where a connection's rooms stand. */
  heads: (connection: Connection) => object
  /** Told of a session that is over; closes its sockets. */
  ended: (sidHash: string) => void
  log: Logger
}

/**
 * Looks after every connection: a ping and the rooms' heads every 25 s, 10 s to answer, the session each
 * minute, slow readers each second. One timer for all; who is due is seen to in the second before.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #timer: NodeJS.Timeout
  #looking: Promise<void> | undefined
  #ticked = performance.now()

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.tick(performance.now()), TICK_MS).unref()
  }

  /** @param now Of the monotonic clock, in milliseconds. */
  tick(now: number): void {
    const due: Connection[] = []
    const slept = now - this.#ticked > ASLEEP_MS
    this.#ticked = now
    for (const connection of this.#options.connections) {
      connection.checkSlow(now)
      // Its answer may lie unread since then: it gets the time anew.
      if (slept && connection.awaitsPong) connection.beatAt = now
      if (connection.awaitsPong && soon(connection.beatAt, now, PONG_MS)) {
        // Who is silent will not answer to a close frame either: nobody waits for that.
        connection.close(Close.noPong, 'no pong', 0)
      } else if (soon(connection.beatAt, now, HEARTBEAT_MS)) {
        connection.beatAt = now
        connection.ping()
        if (connection.greeted) connection.send(this.#options.heads(connection))
      }
      if (now - connection.checkedAt >= SESSION_MS) due.push(connection)
    }
    if (due.length > 0) this.#looking ??= this.#checkSessions(due, now)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async #checkSessions(due: readonly Connection[], now: number): Promise<void> {
    try {
      const valid = await this.#options.stillValid([...new Set(due.map(({ sidHash }) => sidHash))])
      for (const connection of due) {
        connection.checkedAt = now
        if (!valid.has(connection.sidHash)) this.#options.ended(connection.sidHash)
      }
    } catch (error) {
      // Nobody is sent away because the store does not answer; the next tick asks again.
      this.#options.log.error({ err: error }, 'sessions could not be looked up')
    } finally {
      this.#looking = undefined
    }
  }
}
