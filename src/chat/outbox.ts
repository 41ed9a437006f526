import { setImmediate as turn } from 'node:timers/promises'
import type { Channel, Batch } from './channel.js'
import type { Connection } from './connection.js'
import { Meter } from '../meter.js'

/** The loop is given a turn after this many writes: a sweep over 10,000 sockets would block it for 0.1–0.6 s. */
const WRITES_PER_TURN = 500
/** While busy, a sweep begins this many times the length of the last one after that one began … */
const PACE = 4
/** … but no later than this many milliseconds after it … */
const LONGEST_MS = 25
/** … unless it was long itself: half of the time is left for everything else. */
const LEAST_PACE = 2

/**
 * The paced flush: what a channel's listeners hear is written once per member and flush. Idle, it flushes at
 * the end of the turn; busy, it waits a little, so that more frames share a write. That coalescing is the
 * whole difference between 10⁵ and 10⁶ deliveries a second.
 */
export class Outbox {
  #channels = new Set<Channel>()
  #connections = new Set<Connection>()
  #scheduled: NodeJS.Immediate | NodeJS.Timeout | undefined
  #sweeping = false
  /** From the beginning of a sweep to that of the next one, at least. */
  #interval = 0
  #notBefore = 0
  /** Since when the oldest frame of a channel waits. */
  #waitsSince: number | undefined
  readonly #meter: Meter

  /** @param meter Gets how long frames wait for their flush and are written. */
  constructor(meter = new Meter()) {
    this.#meter = meter
  }

  /** The channel has frames to flush. */
  readonly wakeChannel = (channel: Channel): void => {
    this.#channels.add(channel)
    this.#waitsSince ??= performance.now()
    this.#schedule()
  }

  /** The connection has frames of its own to flush: answers, acks. */
  readonly wakeConnection = (connection: Connection): void => {
    this.#connections.add(connection)
    this.#schedule()
  }

  /**
   * How long until the first flush that can take along what needs so many milliseconds yet: it need not be ready
   * earlier. A flush that is due before that, or under way, leaves without it.
   */
  leavesIn(needs: number): number {
    const now = performance.now()
    const missed = this.#waiting && this.#notBefore < now + needs
    if (!missed) return Math.max(0, this.#notBefore - now)
    // A few frames for single connections are no sweep.
    const sweep = this.#channels.size > 0 ? this.#interval : 0
    return Math.max(0, this.#notBefore - now) + sweep
  }

  /** Writes out what is pending, at once, for the last time. */
  close(): void {
    clearTimeout(this.#scheduled as NodeJS.Timeout)
    clearImmediate(this.#scheduled as NodeJS.Immediate)
    for (const channel of this.#channels) {
      const batch = channel.take()
      if (batch) for (let i = 0; i < batch.listeners.length; i++) write(batch, i)
    }
    for (const connection of this.#connections) connection.flush()
  }

  get #waiting(): boolean {
    return this.#channels.size > 0 || this.#connections.size > 0
  }

  #schedule(): void {
    if (this.#scheduled || this.#sweeping) return
    const wait = this.#notBefore - performance.now()
    this.#scheduled = wait > 0 ? setTimeout(this.#run, Math.ceil(wait)) : setImmediate(this.#run)
  }

  readonly #run = (): void => {
    this.#scheduled = undefined
    this.#sweeping = true
    void this.#sweep().finally(() => {
      this.#sweeping = false
      if (this.#waiting) this.#schedule()
    })
  }

  async #sweep(): Promise<void> {
    const start = performance.now()
    this.#notBefore = start + this.#interval
    const channels = this.#channels
    const connections = this.#connections
    this.#channels = new Set()
    this.#connections = new Set()
    const since = this.#waitsSince
    this.#waitsSince = undefined

    let writes = 0
    for (const channel of channels) {
      const batch = channel.take()
      if (!batch) continue
      for (let i = 0; i < batch.listeners.length; i++) {
        write(batch, i)
        if (++writes % WRITES_PER_TURN === 0) await turn()
      }
    }
    if (since !== undefined) this.#meter.fanOutSeconds.observe((performance.now() - since) / 1000)
    for (const connection of connections) {
      if (connection.flush() && ++writes % WRITES_PER_TURN === 0) await turn()
    }
    this.#interval = intervalAfter(performance.now() - start)
    this.#notBefore = start + this.#interval
  }
}

const intervalAfter = (took: number): number =>
  Math.max(Math.min(took * PACE, LONGEST_MS), took * LEAST_PACE)

function write(batch: Batch, index: number): void {
  const listener = batch.listeners[index]
  if (!listener?.live) return
  const less = batch.special.size > 0 ? batch.special.get(listener) : undefined
  listener.connection.deliver(less ?? batch.all, less ?? batch.numbered)
}
