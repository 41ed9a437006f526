import { setImmediate as turn } from 'node:timers/promises'

/** In so many pieces time is counted. */
const PIECES = 40

/**
 * Work that was taken up and is not finished, so that nobody leaves before it is. It is counted: a Set of it would have a
 * new table every few hundred lines, which V8 keeps with what is in it as long as the table before (scripts/faults/lasting.mjs).
 */
export class UnderWay {
  #count = 0
  #idle: (() => void) | undefined

  /** The same function; what it does counts as under way. */
  counted<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return (...args) => {
      const task = work(...args)
      this.#count += 1
      task.then(this.#finish, this.#finish)
      return task
    }
  }

  /**
   * Resolves when nothing is under way, what waited behind it neither; after `ms` in any case. They are counted in
   * pieces: when the machine had other things to do for seconds, that was one of them.
   */
  async finished(ms: number): Promise<void> {
    const piece = ms / PIECES
    for (let left = ms; this.#count > 0 && left > 0;) {
      const begun = performance.now()
      await this.#idleWithin(piece)
      await turn() // what is behind is taken up in this turn
      left -= Math.min(performance.now() - begun, piece)
    }
  }

  readonly #finish = (): void => {
    this.#count -= 1
    if (this.#count === 0) this.#idle?.()
  }

  #idleWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#idle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
