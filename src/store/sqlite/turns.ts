/**
 * Who uses a thread: each alone in a turn, one after the other, or sharing one with others. What is asked by those
 * who share is under way at once, and the thread answers in their order.
 */
export class Turns {
  /** The last turn that somebody has alone, until it is over. */
  #alone: Promise<void> | undefined
  /** Those who share one after it. */
  #sharing = new Sharing()
  #open = 0

  /** Those who have a turn or wait for theirs. */
  get waiting(): number {
    return this.#open
  }

  /**
   * A turn alone, after all who came before.
   * @returns the function that ends the turn.
   */
  async take(): Promise<() => void> {
    const before = Promise.all([this.#alone ?? Promise.resolve(), this.#sharing.over()])
    this.#sharing = new Sharing()
    this.#open += 1
    const { promise: over, resolve } = withResolvers()
    this.#alone = over
    await before
    return () => {
      this.#open -= 1
      if (this.#alone === over) this.#alone = undefined
      resolve()
    }
  }

  /** A turn beside others, after those who had theirs alone. @returns the function that ends it. */
  async share(): Promise<() => void> {
    const sharing = this.#sharing
    sharing.begin()
    this.#open += 1
    if (this.#alone) await this.#alone
    return () => {
      this.#open -= 1
      sharing.end()
    }
  }

  /** Does something in a turn alone. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return within(this.take(), work)
  }

  /** Does something that is one piece to the thread, beside others. */
  beside<T>(work: () => Promise<T>): Promise<T> {
    return within(this.share(), work)
  }
}

/** Those who share one turn. A commit a line: they are counted, without a promise for each. */
class Sharing {
  #open = 0
  #told: (() => void) | undefined

  begin(): void {
    this.#open += 1
  }

  end(): void {
    this.#open -= 1
    if (this.#open === 0) this.#told?.()
  }

  /** Resolves when the last of them has ended; from then on nobody comes. */
  over(): Promise<void> {
    const { promise, resolve } = withResolvers()
    if (this.#open === 0) resolve()
    else this.#told = resolve
    return promise
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

async function within<T>(turn: Promise<() => void>, work: () => Promise<T>): Promise<T> {
  const end = await turn
  try {
    return await work()
  } finally {
    end()
  }
}
