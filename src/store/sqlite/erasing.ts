import type { Thread } from './thread.js'
import type { Turns } from './turns.js'

/** Recalls that come together are one work. */
const ERASE_AFTER_MS = 10_000

/**
 * Empties the write-ahead log some time after something was erased: pages of before lie in there, with all that
 * was on them, until others are written over them, and in a quiet room that may be days.
 */
export class Erasing {
  readonly #thread: Thread
  readonly #turns: Turns
  readonly #after: number
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> | undefined
  #closed = false

  constructor(thread: Thread, turns: Turns, after = ERASE_AFTER_MS) {
    this.#thread = thread
    this.#turns = turns
    this.#after = after
  }

  /** Something was erased just now. */
  later(): void {
    if (this.#closed) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#working = this.#empty()
    }, this.#after).unref()
  }

  /** What is still due is done when the file is closed: that empties the log by itself. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#working
  }

  /** Somebody may be reading from it, or the disk may be full: then once more. */
  async #empty(): Promise<void> {
    try {
      const answer: { busy: number }[] = await this.#turns.run(() =>
        this.#thread.rows('pragma wal_checkpoint(TRUNCATE)'),
      )
      if (answer.some(({ busy }) => busy !== 0)) this.later()
    } catch {
      this.later()
    }
  }
}
