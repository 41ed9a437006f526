/**
 * A plugin's own time for one message: a limit that stands still while the rest of the chain works, so
 * that a fast plugin around a slow one is not blamed.
 */
export class OwnTime {
  /** Rejects when the time is used up; otherwise never settles. */
  readonly up: Promise<never>
  readonly #use: () => void
  #left: number
  #since = 0
  #timer: NodeJS.Timeout | undefined
  #ended = false

  /** @param limit Milliseconds. */
  constructor(limit: number, onUp: (reason: Error) => void) {
    this.#left = limit
    let reject: (reason: Error) => void
    this.up = new Promise<never>((_, no) => (reject = no))
    this.#use = () => {
      const reason = new Error(`its own time of ${limit} ms is used up`)
      onUp(reason)
      reject(reason)
    }
    this.start()
  }

  start(): void {
    if (this.#ended || this.#timer) return
    this.#since = performance.now()
    this.#timer = setTimeout(this.#use, this.#left)
  }

  stop(): void {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#left = Math.max(0, this.#left - (performance.now() - this.#since))
  }

  end(): void {
    this.stop()
    this.#ended = true
  }
}
