import { setTimeout } from 'node:timers/promises'
import type { Unindexed } from './take-up.js'
import type { Thread } from './thread.js'
import type { Turns } from './turns.js'

/**
 * Messages of one transaction: what is said meanwhile waits some three milliseconds for it. What the index writes for
 * one message it writes for many; beyond fifty nothing is gained.
 */
const SLICE = 100
/** When so many are said at once that there are more: as many as a commit may keep, so that the index keeps up. */
const MOST = 500
/** After a fault, a full disk for one, old messages are tried again. */
const AGAIN_MS = 60_000

/**
 * Takes messages into the index behind the commit that keeps them: those that are said, many at once, or as soon as
 * somebody searches; and in the background what was said before there was this index, until nothing of it waits.
 */
export class Indexing {
  readonly #thread: Pick<Thread, 'takeUp'>
  readonly #turns: Turns
  /** Messages that were said, and those of them that are indexed. How many the last run left is not known. */
  #said = 2 ** 40
  #indexed = 0
  /** As soon as so many wait they are indexed. */
  #due = SLICE
  /** What is under way; it tells whether it went well. */
  #slice: Promise<boolean> | undefined
  #old = true
  readonly #closing = new AbortController()
  #working: Promise<void> | undefined

  private constructor(thread: Pick<Thread, 'takeUp'>, turns: Turns) {
    this.#thread = thread
    this.#turns = turns
  }

  /** Begins, and resolves after the first slices: of what the last run left, and of old messages. */
  static async start(thread: Pick<Thread, 'takeUp'>, turns: Turns): Promise<Indexing> {
    const indexing = new Indexing(thread, turns)
    await indexing.#follow()
    indexing.#old = (await indexing.#takeUp('old', SLICE)) > 0
    if (indexing.#old) indexing.#working = indexing.#work()
    return indexing
  }

  /** Can older messages not be found yet? */
  get waiting(): boolean {
    return this.#old
  }

  /** So many messages were stored just now. */
  said(count: number): void {
    this.#said += count
    if (this.#said - this.#indexed >= this.#due) void this.#follow()
  }

  /** Resolves when everything is indexed that was said before; or cannot be, on a full disk. */
  async catchUp(): Promise<void> {
    const all = this.#said
    while (this.#indexed < all) if (!(await this.#follow())) return
  }

  /** Stops after the slice that is under way; the next start goes on from there. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([this.#slice, this.#working])
  }

  /** One slice at a time. @returns whether the one that is under way goes well. */
  #follow(): Promise<boolean> {
    this.#slice ??= this.#takeRecent().then((well) => {
      this.#slice = undefined
      if (well && !this.#closing.signal.aborted) this.said(0)
      return well
    })
    return this.#slice
  }

  async #takeRecent(): Promise<boolean> {
    const said = this.#said
    const slice = Math.min(Math.max(said - this.#indexed, SLICE), MOST)
    try {
      const taken = await this.#takeUp('recent', slice)
      this.#indexed = taken < slice ? said : this.#indexed + taken
      this.#due = SLICE
      return true
    } catch {
      this.#due = this.#said - this.#indexed + SLICE
      return false
    }
  }

  async #work(): Promise<void> {
    while (this.#old && !this.#closing.signal.aborted) {
      const start = performance.now()
      try {
        this.#old = (await this.#takeUp('old', SLICE)) > 0
        await this.#pause(performance.now() - start) // half of the time belongs to those who talk
      } catch {
        await this.#pause(AGAIN_MS)
      }
    }
  }

  #takeUp(which: Unindexed, count: number): Promise<number> {
    return this.#turns.beside(() => this.#thread.takeUp(which, count))
  }

  /** However it ends. */
  async #pause(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.#closing.signal }).catch(() => {})
  }
}
