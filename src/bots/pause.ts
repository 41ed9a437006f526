export interface PauseOptions {
  /** How long no turn may begin, in milliseconds; 0: it may. */
  ms: () => number
  /** Called when a pause begins, once for all that follow soon. */
  told: () => void
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
}

/** Pauses that follow within this time are told as one. */
const SOON_MS = 60_000

/** Turns of a bot wait: it took much of the processor. */
export class Pause {
  readonly #options: PauseOptions
  readonly #now: () => number
  /** What ends the pauses that there are. */
  readonly #ends = new Set<() => void>()
  #over = false
  #toldAt = -Infinity

  constructor(options: PauseOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  /** Whether a turn would have to wait. */
  get holds(): boolean {
    return this.#left > 0
  }

  /** @returns undefined if a turn may begin; else what resolves when it should ask again. */
  begin(): Promise<void> | undefined {
    const left = this.#left
    if (left === 0) return undefined
    this.#tell()
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#ends.delete(end)
        resolve()
      }
      const timer = setTimeout(end, left)
      this.#ends.add(end)
    })
  }

  /** From now on nothing waits: the bot goes. */
  end(): void {
    this.#over = true
    for (const end of this.#ends) end()
  }

  get #left(): number {
    return this.#over ? 0 : this.#options.ms()
  }

  #tell(): void {
    const now = this.#now()
    if (now - this.#toldAt > SOON_MS) this.#options.told()
    this.#toldAt = now
  }
}
