import { setImmediate as turn } from 'node:timers/promises'
import type { Channel, Batch, Listener } from './channel.js'
import type { Connection } from './connection.js'
import { Meter } from '../meter.js'
import { native, type WriteMany } from './write-many.js'

/** The loop is given a turn after this many writes: a sweep over 10,000 sockets would block it for 0.1–0.6 s. */
const WRITES_PER_TURN = 500
/** While busy, a sweep begins this many times what the last one took after that one began … */
const PACE = 4
/** … but no later than this many milliseconds after it … */
const LONGEST_MS = 25
/** … unless it took long: as much time again is left for everything else, but no more than those milliseconds. */
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
      if (!batch) continue
      const { length } = batch.listeners
      for (let from = 0; from < length; from += WRITES_PER_TURN)
        write(batch, from, Math.min(from + WRITES_PER_TURN, length))
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
    let took = 0 // without what is done in the turns between: time for everything else they are already
    let began = start
    const rest = async () => {
      took += performance.now() - began
      await turn()
      began = performance.now()
    }
    for (const channel of channels) {
      const batch = channel.take()
      if (!batch) continue
      for (let from = 0, to; from < batch.listeners.length; from = to) {
        to = Math.min(from + WRITES_PER_TURN - (writes % WRITES_PER_TURN), batch.listeners.length)
        write(batch, from, to)
        writes += to - from
        if (writes % WRITES_PER_TURN === 0) await rest()
      }
    }
    if (since !== undefined) this.#meter.fanOutSeconds.observe((performance.now() - since) / 1000)
    for (const connection of connections) {
      if (connection.flush() && ++writes % WRITES_PER_TURN === 0) await rest()
    }
    took += performance.now() - began
    this.#interval = intervalAfter(took)
    this.#notBefore = start + this.#interval
  }
}

const intervalAfter = (took: number): number =>
  Math.max(Math.min(took * PACE, LONGEST_MS), Math.min(took * LEAST_PACE, took + LONGEST_MS))

/** Writes a batch to its listeners from one place up to another, at once; no more than {@link WRITES_PER_TURN} of them. */
function write(batch: Batch, from: number, to: number): void {
  const { writeMany } = native
  const others = writeMany
    ? writeInOneCall(batch, from, to, writeMany)
    : batch.listeners.slice(from, to)
  for (const listener of others) deliver(batch, listener)
}

/** Of one call at a time: where it writes to, and whose place in the batch that is. */
const ways = new Int32Array(WRITES_PER_TURN)
const places = new Int32Array(WRITES_PER_TURN)

/**
 * Writes to all who have nothing else to write. Between the look at the first socket and the end of that call nothing
 * runs that could close one of them, so that nobody gets what is another's.
 * @returns to whom nothing was written.
 */
function writeInOneCall(
  batch: Batch,
  from: number,
  to: number,
  writeMany: WriteMany,
): readonly Listener[] {
  const { all, listeners, connections, special } = batch
  const others: Listener[] = []
  let count = 0
  for (let place = from; place < to; place++) {
    const listener = listeners[place]
    const connection = connections[place]
    if (!listener || !connection) break
    const getsLess = special.size > 0 && special.has(listener)
    let way = getsLess ? -1 : connection.way
    if (way < 0 && !getsLess && listener.live) way = connection.findWay()
    if (way < 0) {
      others.push(listener)
    } else {
      ways[count] = way
      places[count++] = place
    }
  }
  if (count > 0) writeMany(ways, count, all)
  for (let index = 0; index < count; index++) {
    const taken = ways[index] ?? 0
    if (taken === all.length) continue
    // What did not fit, or failed, is the stream's: it waits, or finds out what is wrong.
    const rest = all.subarray(Math.max(taken, 0))
    connections[places[index] ?? 0]?.deliver(rest, rest)
  }
  return others
}

function deliver(batch: Batch, listener: Listener): void {
  if (!listener.live) return
  const less = batch.special.size > 0 ? batch.special.get(listener) : undefined
  listener.connection.deliver(less ?? batch.all, less ?? batch.numbered)
}
