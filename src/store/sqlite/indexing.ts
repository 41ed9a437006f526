import { setTimeout } from 'node:timers/promises'
import type { Unindexed } from './take-up.js'
import type { Thread } from './thread.js'
import type { Turns } from './turns.js'

/**
 * Messages of one transaction: what is said meanwhile waits some three milliseconds for it. What the index writes for
 * one message it writes for many; beyond fifty nothing is gained.
 */
const SLICE = 100
/** After a fault, a full disk for one, old messages are tried again. */
const AGAIN_MS = 60_000

/**
 * Takes messages into the index behind the commit that keeps them: those that are said, many at once, or as soon as
 * somebody searches; and in the background what was said before there was this index, until nothing of it waits.
 */
export class Indexing {
  readonly #thread: Thread
  readonly #turns: Turns
  /** Messages that were said and may not be indexed yet; a start does not know how many. */
  #recent = Number.MAX_SAFE_INTEGER
  /** As soon as there are so many they are indexed. */
  #due = SLICE
  #catchingUp: Promise<void> | undefined
  #old = true
  readonly #closing = new AbortController()
  #working: Promise<void> | undefined

  private constructor(thread: Thread, turns: Turns) {
    this.#thread = thread
    this.#turns = turns
  }

  /** Begins, and resolves when what the last run left is indexed, and the first slice of old messages. */
  static async start(thread: Thread, turns: Turns): Promise<Indexing> {
    const indexing = new Indexing(thread, turns)
    await indexing.catchUp()
    indexing.#old = (await indexing.#takeUp('old')) > 0
    if (indexing.#old) indexing.#working = indexing.#work()
    return indexing
  }

  /** Can older messages not be found yet? */
  get waiting(): boolean {
    return this.#old
  }

  /** So many messages were stored just now. */
  said(count: number): void {
    this.#recent += count
    if (this.#recent >= this.#due) this.#catchingUp ??= this.#catchUp(SLICE)
  }

  /** Resolves when everything is indexed that was said before; or cannot be, on a full disk. */
  async catchUp(): Promise<void> {
    await this.#catchingUp
    if (this.#recent > 0) await (this.#catchingUp ??= this.#catchUp(1))
  }

  /** Stops after the slice that is under way; the next start goes on from there. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([this.#catchingUp, this.#working])
  }

  /** Slice by slice, as long as at least so many wait that were said before. */
  async #catchUp(least: number): Promise<void> {
    try {
      let taken
      do {
        const before = this.#recent
        taken = await this.#takeUp('recent')
        this.#recent -= taken < SLICE ? before : SLICE
      } while (taken === SLICE && this.#recent >= least && !this.#closing.signal.aborted)
      this.#due = SLICE
    } catch {
      this.#due = this.#recent + SLICE
    } finally {
      this.#catchingUp = undefined
    }
  }

  async #work(): Promise<void> {
    while (this.#old && !this.#closing.signal.aborted) {
      const start = performance.now()
      try {
        this.#old = (await this.#takeUp('old')) > 0
        await this.#pause(performance.now() - start) // half of the time belongs to those who talk
      } catch {
        await this.#pause(AGAIN_MS)
      }
    }
  }

  #takeUp(which: Unindexed): Promise<number> {
    return this.#turns.beside(() => this.#thread.takeUp(which, SLICE))
  }

  /** However it ends. */
  async #pause(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.#closing.signal }).catch(() => {})
  }
}
