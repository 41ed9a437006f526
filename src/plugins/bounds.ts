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

/** A console, so many lines a second: each of them is a message to the server. */
export function bound(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  const quota = new LineQuota()
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const leftOut = quota.take()
    if (leftOut === undefined) return dropped(rest)
    if (leftOut > 0) write(`(${leftOut} lines are left out here)\n`)
    return write(typeof chunk === 'string' ? chunk.slice(0, CONSOLE) : chunk, ...rest)
  }
}

/** Characters that go in one piece. */
const CONSOLE = 10_000

/** Who waits for what is left out need not wait. */
function dropped(rest: readonly unknown[]): true {
  const done = rest.at(-1)
  if (typeof done === 'function') process.nextTick(done)
  return true
}
