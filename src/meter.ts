import { Histogram } from 'prom-client'

/** Words of a tally; what comes after these is counted together, so that nobody fills the memory with words. */
const WORDS = 100

/** Counts by a word. */
export class Tally {
  readonly #counts = new Map<string, number>()

  /** One more. */
  add(word: string): void {
    const known = this.#counts.has(word) || this.#counts.size < WORDS ? word : 'other'
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1)
  }

  [Symbol.iterator](): IterableIterator<[word: string, count: number]> {
    return this.#counts.entries()
  }
}

/** Where a request was refused: a frame by its `nack` code, an upgrade or a page by its status. */
export type RefusedAt = 'frame' | 'upgrade' | 'page'

/**
 * What is counted while it happens, from the start of the process on; `/metrics` reads it. A line pays for its counting,
 * so what happens for each of them is a plain number.
 */
export class Meter {
  /** Numbered events handed out, by their type. */
  readonly events = new Tally()
  /** Of them, one for each listener that an event was handed to. */
  deliveries = 0
  readonly opened = new Tally()
  /** Connections that ended, by their close code. */
  readonly closed = new Tally()
  readonly refused: Readonly<Record<RefusedAt, Tally>> = {
    frame: new Tally(),
    upgrade: new Tally(),
    page: new Tally(),
  }
  /** What bots took up, by how it ended: `answered`, `silent`, `failed`, `busy`, `resting`. */
  readonly turns = new Tally()
  /** What went wrong for bots, by their word for it. */
  readonly botFailures = new Tally()
  /** Bots that rest after too many failures in a row. */
  circuits = 0
  /** Times that a worker of the plugins ended by itself. */
  workerEnds = 0
  readonly commitSeconds = new Histogram({
    name: 'chat_room_commit_duration_seconds',
    help: 'From handing a batch of events to the store until they are on disk',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [],
  })
  readonly commitEvents = new Histogram({
    name: 'chat_room_commit_events',
    help: 'Events that shared a commit',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
    registers: [],
  })
  readonly fanOutSeconds = new Histogram({
    name: 'chat_room_fan_out_duration_seconds',
    help: 'From the first frame that waits for a flush until all listeners were written to',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [],
  })
  /** Commits that failed. */
  commitFailures = 0
}
