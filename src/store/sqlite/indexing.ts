import { setTimeout } from 'node:timers/promises'
import type { Thread } from './thread.js'
import type { Turns } from './turns.js'

/** Messages of one transaction: a line that is said meanwhile waits a few milliseconds for it. */
const SLICE = 200
/** After a fault, a full disk for one, it is tried again. */
const AGAIN_MS = 60_000

/** Indexes in the background what was said before there was an index, until nothing waits any more. */
export class Indexing {
  #waiting = true
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined

  /** Begins, and resolves after the first slice: with nothing to do, it is done by then. */
  static async start(thread: Thread, turns: Turns): Promise<Indexing> {
    const indexing = new Indexing()
    const slice = () => turns.run(() => thread.backfill(SLICE))
    indexing.#waiting = (await slice()) > 0
    if (indexing.#waiting) indexing.#running = indexing.#run(slice)
    return indexing
  }

  /** Can older messages not be found yet? */
  get waiting(): boolean {
    return this.#waiting
  }

  /** Stops after the slice that is under way; the next start goes on from there. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(slice: () => Promise<number>): Promise<void> {
    while (this.#waiting && !this.#closing.signal.aborted) {
      const start = performance.now()
      try {
        this.#waiting = (await slice()) > 0
        await this.#pause(performance.now() - start) // half of the time belongs to those who talk
      } catch {
        await this.#pause(AGAIN_MS)
      }
    }
  }

  /** However it ends. */
  async #pause(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.#closing.signal }).catch(() => {})
  }
}
