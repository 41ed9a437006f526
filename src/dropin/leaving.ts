import type { Removed } from '../bots/bots.js'
import type { Leaver } from '../plugins/load.js'

/** Bots that lost their place: what they had taken up is done before they stop. */
export class Leaving {
  readonly #finish: number
  readonly #failed: (error: unknown) => void
  readonly #going = new Set<Promise<void>>()

  /** @param finish How long what they had taken up may take, in milliseconds. */
  constructor(finish: number, failed: (error: unknown) => void) {
    this.#finish = finish
    this.#failed = failed
  }

  add(removed: Removed | undefined, leaver: Leaver | undefined): void {
    const gone = (async () => {
      await removed?.finished(this.#finish)
      await leaver?.stop()
    })()
      .catch(this.#failed)
      .finally(() => this.#going.delete(gone))
    this.#going.add(gone)
  }

  /** Resolves when none is left. */
  async over(): Promise<void> {
    await Promise.all(this.#going)
  }
}
