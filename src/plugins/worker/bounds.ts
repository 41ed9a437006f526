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
/** Lines of the log and of the console, each plugin: so many at once, and in each second of a flood. */
const LINES = 50
const LINES_PER_SECOND = 10
/** So many left out in a row are a flood: from then on its writer waits with each. */
const FLOOD = 10_000
/** What a draft has become is told so often, in milliseconds. */
export const GROWS_MS = 20

export interface LineQuotaOptions {
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
  /** Lets a little time pass for who writes; without it nobody waits. */
  pause?: () => void
}

/**
 * Counts lines of a log. A flood goes through line by line over the whole second: as many at once would keep people
 * waiting for as long as it takes to write them all. Whoever writes on regardless waits as at a full pipe: a loop
 * that logs would keep a core busy with lines that nobody will read.
 */
export class LineQuota {
  readonly #now: () => number
  readonly #pause: () => void
  #left = LINES
  #since: number
  #leftOut = 0

  constructor({ now = () => performance.now(), pause = () => undefined }: LineQuotaOptions = {}) {
    this.#now = now
    this.#pause = pause
    this.#since = now()
  }

  /** The next line is too much. */
  get spent(): boolean {
    const now = this.#now()
    this.#left = Math.min(LINES, this.#left + ((now - this.#since) / 1_000) * LINES_PER_SECOND)
    this.#since = now
    return this.#left < 1
  }

  /** @returns undefined: the line is too much; else how many were left out before it. */
  take(): number | undefined {
    if (this.spent) {
      this.#leftOut += 1
      if (this.#leftOut > FLOOD) this.#pause()
      return undefined
    }
    this.#left -= 1
    const leftOut = this.#leftOut
    this.#leftOut = 0
    return leftOut
  }
}

const nothingWakesIt = new Int32Array(new SharedArrayBuffer(4))

/** Stops this thread for a millisecond. */
export const aMillisecond = (): void => void Atomics.wait(nothingWakesIt, 0, 0, 1)

/** A stream of the console, so many lines a second: each of them is a message to the server. */
export function bound(stream: Pick<NodeJS.WriteStream, 'write'>): LineQuota {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  const quota = new LineQuota({ pause: aMillisecond })
  const dropped = new Dropped()
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const leftOut = quota.take()
    if (leftOut === undefined) return dropped.tell(rest.at(-1))
    if (leftOut > 0) write(`(${leftOut} lines are left out here)\n`)
    return write(typeof chunk === 'string' ? chunk.slice(0, CONSOLE) : chunk, ...rest)
  }
  return quota
}

/** Characters that go in one piece. */
const CONSOLE = 10_000

/**
 * What will be left out is not put into words: a console makes much more of a line than a stream, and what it
 * makes of very many is swept up by threads that come before the server's.
 * @param methods Those that write a line to the stream of this quota.
 */
export function hush<Method extends string>(
  console: Record<Method, (...data: unknown[]) => void>,
  methods: readonly Method[],
  quota: LineQuota,
): void {
  for (const method of methods) {
    const say = console[method].bind(console)
    console[method] = (...data) => void (quota.spent ? quota.take() : say(...data))
  }
}

/** Who waits for what is left out is called back, later and all at once: a tick for each would be a flood as well. */
class Dropped {
  readonly #waiting = new Map<() => void, number>()

  tell(done: unknown): true {
    if (typeof done !== 'function') return true
    if (this.#waiting.size === 0) process.nextTick(() => this.#callBack())
    const waits = done as () => void
    this.#waiting.set(waits, (this.#waiting.get(waits) ?? 0) + 1)
    return true
  }

  #callBack(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const [done, times] of waiting) for (let n = 0; n < times; n++) done()
  }
}
