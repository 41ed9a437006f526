/**
 * Who uses a thread: each alone in a turn, one after the other, or sharing one with others. What is asked by those
 * who share is under way at once, and the thread answers in their order.
 */
export class Turns {
  /** The last turn that somebody has alone. */
  #alone: Promise<unknown> = Promise.resolve()
  /** Those who share one after it. */
  #shared: Promise<unknown> = Promise.resolve()
  #open = 0

  /** Those who have a turn or wait for theirs. */
  get waiting(): number {
    return this.#open
  }

  /**
   * A turn alone, after all who came before.
   * @returns the function that ends the turn.
   */
  take(): Promise<() => void> {
    const before = Promise.all([this.#alone, this.#shared])
    const { over, end } = this.#begin()
    this.#alone = over
    return before.then(() => end)
  }

  /** A turn beside others, after those who had theirs alone. @returns the function that ends it. */
  share(): Promise<() => void> {
    const { over, end } = this.#begin()
    this.#shared = Promise.all([this.#shared, over])
    return this.#alone.then(() => end)
  }

  /** Does something in a turn alone. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return within(this.take(), work)
  }

  /** Does something that is one piece to the thread, beside others. */
  beside<T>(work: () => Promise<T>): Promise<T> {
    return within(this.share(), work)
  }

  #begin(): { over: Promise<void>; end: () => void } {
    let end = () => {}
    const over = new Promise<void>((resolve) => {
      end = () => {
        this.#open -= 1
        resolve()
      }
    })
    this.#open += 1
    return { over, end }
  }
}

async function within<T>(turn: Promise<() => void>, work: () => Promise<T>): Promise<T> {
  const end = await turn
  try {
    return await work()
  } finally {
    end()
  }
}
