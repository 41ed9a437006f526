/** One after the other: whoever takes a turn waits for those before, and must end it. */
export class Turns {
  #last: Promise<void> = Promise.resolve()
  #open = 0

  /** Those who have a turn or wait for theirs. */
  get waiting(): number {
    return this.#open
  }

  /** @returns the function that ends the turn. */
  async take(): Promise<() => void> {
    const before = this.#last
    let end = () => {}
    this.#last = new Promise((resolve) => {
      end = () => {
        this.#open -= 1
        resolve()
      }
    })
    this.#open += 1
    await before
    return end
  }

  /** Does something in a turn of its own. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const end = await this.take()
    try {
      return await work()
    } finally {
      end()
    }
  }
}
