/** What is told in batches is told no more often than this, in milliseconds. */
const TELL_MS = 1_000

/** Runs a task at the end of the turn, but not more often than once in {@link TELL_MS}. */
export class Batch {
  readonly #task: () => unknown
  #timer: NodeJS.Timeout | undefined
  #waits = false
  #last = -TELL_MS

  /** @param task `false`: nobody was told, so that the next need not wait for it. */
  constructor(task: () => unknown) {
    this.#task = task
  }

  /** @returns whether it runs at the end of this turn; otherwise it has to wait. */
  soon(): boolean {
    if (this.#timer) return !this.#waits
    const wait = Math.max(0, this.#last + TELL_MS - performance.now())
    this.#waits = wait > 0
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#task() !== false) this.#last = performance.now()
    }, wait).unref()
    return !this.#waits
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
