/**
 * How much of one thing a plugin in the worker may send to the server; the rest stays there. A flood of
 * messages between the threads would keep the server's own busy, whatever it does with them. Runs in the
 * worker: it imports nothing of the server.
 */

/** Questions of one message that may wait for their answers, and that it may ask in all. */
export const WAITING = 50
export const ASKED = 1_000
/** Of them those for members and history: the server reads much for each. */
export const LOOKED = 100
/** Lines of the log and of the console in a second, each plugin. */
const LINES = 50
/** What a draft has become is told so often, in milliseconds. */
export const GROWS_MS = 20

/** Counts lines of a log, second by second. */
export class LineQuota {
  readonly #now: () => number
  #second = -Infinity
  #count = 0
  #leftOut = 0

  /** @param now A clock that never goes back, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** @returns undefined: the line is too much; else how many were left out before it. */
  take(): number | undefined {
    const second = Math.floor(this.#now() / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#count = 0
    }
    this.#count += 1
    if (this.#count > LINES) {
      this.#leftOut += 1
      return undefined
    }
    const leftOut = this.#leftOut
    this.#leftOut = 0
    return leftOut
  }
}
