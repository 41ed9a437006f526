/**
 * How far each line is with the plugins of a worker, in memory that both threads see: so the server knows whom
 * to blame, and goes on without it, also when the worker answers no more. Runs in the worker too.
 */
export class Progress {
  readonly memory: ProgressMemory
  readonly #at: Int32Array
  readonly #since: Float64Array

  constructor(memory: ProgressMemory = newMemory()) {
    this.memory = memory
    this.#at = new Int32Array(memory.at)
    this.#since = new Float64Array(memory.since)
  }

  /** The server's: a line is to be sent. */
  open(cell: number): void {
    this.#since[cell] = monotonic()
    Atomics.store(this.#at, cell, WAITS)
  }

  /**
   * The worker's: a line goes from one to the next.
   * @param since When its own time began, by `performance.now()`.
   * @returns whether it may: not when the server has taken the line over.
   */
  move(cell: number, { from, to, since }: { from: number; to: number; since: number }): boolean {
    this.#since[cell] = begin + since // first: a time that is too late does nobody harm
    return Atomics.compareExchange(this.#at, cell, from, to) === from
  }

  /** The worker's: the line comes back through this one. @param since By `performance.now()`. */
  back(cell: number, to: number, since: number): void {
    this.#since[cell] = begin + since
    Atomics.store(this.#at, cell, to)
  }

  /** The server's: it takes a line over, unless it has moved on by now. */
  takeOver(cell: number, from: number): boolean {
    return Atomics.compareExchange(this.#at, cell, from, TAKEN) === from
  }

  /** Which of its plugins is at work on a line, or one of the states below. */
  at(cell: number): number {
    return Atomics.load(this.#at, cell)
  }

  /** How long its own time runs, in milliseconds. */
  spent(cell: number): number {
    return monotonic() - (this.#since[cell] ?? 0)
  }
}

export interface ProgressMemory {
  at: SharedArrayBuffer
  since: SharedArrayBuffer
}

/** The worker has not begun. */
export const WAITS = -1
/** The line is in the rest of the chain, or in the store. */
export const AWAY = -2
/** The server waits for the worker no longer. */
export const TAKEN = -3

/** Lines that may be in a worker's hands at once. */
export const CELLS = 4_096

const newMemory = (): ProgressMemory => ({
  at: new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT),
  since: new SharedArrayBuffer(CELLS * Float64Array.BYTES_PER_ELEMENT),
})

/** `performance.now()` begins at another time in each thread. */
const begin = (([seconds, nanos]) => seconds * 1e3 + nanos / 1e6 - performance.now())(
  process.hrtime(),
)
const monotonic = (): number => begin + performance.now()
