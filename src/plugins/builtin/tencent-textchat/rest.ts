export interface RestOptions {
  /** Failures in a row after which it rests. */
  failures?: number
  /** For how long, in milliseconds. */
  restMs?: number
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
}

/**
 * Spares people the wait for a service that is down: after five failures in a row it is left alone for a
 * minute, then a single try decides.
 */
export class Rest {
  readonly #limit: number
  readonly #restMs: number
  readonly #now: () => number
  #failures = 0
  #until = -Infinity
  #trying = false

  constructor({ failures = 5, restMs = 60_000, now = () => performance.now() }: RestOptions = {}) {
    this.#limit = failures
    this.#restMs = restMs
    this.#now = now
  }

  /**
   * Does this unless it is time to rest.
   * @returns undefined without having tried.
   * @throws what the work throws.
   * @param isFailure Whether an error counts; others say nothing about the service.
   */
  async spare<T>(
    work: () => Promise<T>,
    isFailure: (error: unknown) => boolean,
  ): Promise<T | undefined> {
    if (!this.#admits()) return undefined
    try {
      const result = await work()
      this.#failures = 0
      return result
    } catch (error) {
      if (isFailure(error)) this.#failed()
      throw error
    } finally {
      this.#trying = false
    }
  }

  #admits(): boolean {
    if (this.#failures < this.#limit) return true
    if (this.#trying || this.#now() < this.#until) return false
    return (this.#trying = true)
  }

  #failed(): void {
    this.#failures += 1
    if (this.#failures >= this.#limit) this.#until = this.#now() + this.#restMs
  }
}
