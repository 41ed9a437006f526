/** What is told in batches is told no more often than this, in milliseconds. */
const TELL_MS = 1_000

/** Runs a task at the end of the turn, but not more often than once in {@link TELL_MS}. */
export class Batch {
  readonly #task: () => void
  #timer: NodeJS.Timeout | undefined
  #last = -TELL_MS

  constructor(task: () => void) {
    this.#task = task
  }

  soon(): void {
    if (this.#timer) return
    const wait = Math.max(0, this.#last + TELL_MS - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#last = performance.now()
      this.#task()
    }, wait).unref()
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
