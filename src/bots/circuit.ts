export interface CircuitOptions {
  /** Failures in a row that open it. */
  failures?: number
  /** How long it stays open, in milliseconds. */
  openMs?: number
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
}

/**
 * Rests what keeps failing: after five failures in a row nothing begins for a minute, then a single try
 * decides whether it is closed again.
 */
export class Circuit {
  readonly #limit: number
  readonly #openMs: number
  readonly #now: () => number
  #failures = 0
  #openUntil = -Infinity
  #trying = false

  constructor({ failures = 5, openMs = 60_000, now = () => performance.now() }: CircuitOptions) {
    this.#limit = failures
    this.#openMs = openMs
    this.#now = now
  }

  /** Whether it rests now. */
  get open(): boolean {
    return this.#failures >= this.#limit && (this.#trying || this.#now() < this.#openUntil)
  }

  /** Whether work may begin. Who gets `true` tells how it ended, by one of the three below. */
  admits(): boolean {
    if (this.#failures < this.#limit) return true
    if (this.#trying || this.#now() < this.#openUntil) return false
    return (this.#trying = true)
  }

  succeeded(): void {
    this.#failures = 0
    this.#trying = false
  }

  /** @returns whether it has just opened. */
  failed(): boolean {
    this.#failures += 1
    this.#trying = false
    if (this.#failures < this.#limit || this.#now() < this.#openUntil) return false
    this.#openUntil = this.#now() + this.#openMs
    return true
  }

  /** It ended in a way that says nothing about the work. */
  undecided(): void {
    this.#trying = false
  }
}
