import type { Connection } from './connection.js'

/** A connection's place in a channel. */
export interface Listener {
  readonly connection: Connection
  /** False as soon as it left: a sweep that is under way passes it over. */
  live: boolean
  /** Where it stands in `listeners`. */
  index: number
}

interface Pending {
  frame: Buffer
  /** Numbered events must arrive; what is not numbered may be dropped for a slow reader. */
  numbered: boolean
  except?: ReadonlySet<Listener>
}

/** What one flush writes: the same bytes to nearly everybody. */
export interface Batch {
  listeners: readonly Listener[]
  /** Theirs, in the same places. */
  connections: readonly Connection[]
  all: Buffer
  /** Without what may be dropped under pressure. */
  numbered: Buffer
  /** Listeners who get less: they came in after some of these frames, or are left out of one. */
  special: ReadonlyMap<Listener, Buffer>
}

/**
 * Connections that read the same frames (a room has one channel for v1, one for each of the tutorial's clients), and the
 * frames of the coming flush.
 */
export class Channel {
  readonly #listeners: Listener[] = []
  /** Theirs, in the same places: a sweep need not go by way of each listener, as far away as memory. */
  readonly #connections: Connection[] = []
  #pending: Pending[] = []
  /** Who came in since the last flush, and how many of the pending frames came before. */
  #fresh = new Map<Listener, number>()
  readonly #wake: (channel: Channel) => void

  /** @param wake Called when there is something to flush. */
  constructor(wake: (channel: Channel) => void) {
    this.#wake = wake
  }

  get size(): number {
    return this.#listeners.length
  }

  /** From now on the connection hears what is pushed; not what is pending already. */
  add(connection: Connection): Listener {
    const listener = { connection, live: true, index: this.#listeners.length }
    this.#listeners.push(listener)
    this.#connections.push(connection)
    if (this.#pending.length > 0) this.#fresh.set(listener, this.#pending.length)
    return listener
  }

  remove(listener: Listener): void {
    if (!listener.live) return
    listener.live = false
    listener.connection.forgetWay() // so that a sweep under way looks whether it is live
    this.#fresh.delete(listener)
    const last = this.#listeners.pop()
    this.#connections.pop()
    if (last && last !== listener) {
      this.#listeners[listener.index] = last
      this.#connections[listener.index] = last.connection
      last.index = listener.index
    }
  }

  /** Puts a frame into the coming flush. */
  push(frame: Buffer, options: { numbered: boolean; except?: ReadonlySet<Listener> }): void {
    if (this.#listeners.length === 0) return
    this.#pending.push({ frame, ...options })
    this.#wake(this)
  }

  /** Takes what is pending, for one flush. The listeners are a copy: who comes or goes meanwhile does not disturb it. */
  take(): Batch | undefined {
    if (this.#pending.length === 0) return undefined
    const pending = this.#pending
    const fresh = this.#fresh
    this.#pending = []
    this.#fresh = new Map()

    const all = concat(pending)
    return {
      listeners: this.#listeners.slice(),
      connections: this.#connections.slice(),
      all,
      numbered: pending.every(({ numbered }) => numbered)
        ? all
        : concat(pending.filter(({ numbered }) => numbered)),
      special: special(pending, fresh),
    }
  }
}

function special(
  pending: readonly Pending[],
  fresh: ReadonlyMap<Listener, number>,
): Map<Listener, Buffer> {
  const listeners = new Set(fresh.keys())
  for (const { except } of pending) for (const listener of except ?? []) listeners.add(listener)

  const buffers = new Map<Listener, Buffer>()
  for (const listener of listeners) {
    const from = fresh.get(listener) ?? 0
    buffers.set(
      listener,
      concat(pending.filter(({ except }, index) => index >= from && !except?.has(listener))),
    )
  }
  return buffers
}

const concat = (pending: readonly Pending[]): Buffer =>
  pending.length === 1 && pending[0]
    ? pending[0].frame
    : Buffer.concat(pending.map(({ frame }) => frame))
