/** Until who loads is asked whether it only waits, in milliseconds. */
const PATIENCE_MS = 500

/**
 * Lets plugins into a worker one after the other: so it is known whose loading ended it, and the others are not
 * hurt. Who only waits for something, and leaves the worker its time, is not waited for.
 */
export class Loading {
  #last: Promise<unknown> = Promise.resolve()

  /** @param answers Resolves as soon as the worker has time, or is gone. */
  async take<T>(work: () => Promise<T>, answers: () => Promise<unknown>): Promise<T> {
    const before = this.#last
    let free: () => void = () => undefined
    this.#last = new Promise<void>((resolve) => (free = resolve))
    await before
    const patience = setTimeout(() => void answers().then(free, free), PATIENCE_MS)
    try {
      return await work()
    } finally {
      clearTimeout(patience)
      free()
    }
  }
}
