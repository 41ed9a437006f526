import type { Clock, Pass } from './pass.js'

/** Times the plugins around one line in the server's own thread, with one timer for all of them. */
export class Watch implements Clock {
  /** Whose own time runs. */
  #pass: Pass | undefined
  #timer: NodeJS.Timeout | undefined
  #due = Infinity

  begins(pass: Pass): void {
    this.#pass = pass
    const due = pass.since + pass.limit
    if (due < this.#due) this.#wake(due)
  }

  pauses(pass: Pass): void {
    if (this.#pass === pass) this.#pass = undefined
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #wake(due: number): void {
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(this.#look, due - performance.now())
  }

  readonly #look = (): void => {
    this.#due = Infinity
    const pass = this.#pass
    if (!pass) return
    const due = pass.since + pass.limit
    if (due > performance.now()) return this.#wake(due)
    this.#pass = undefined
    pass.stop(usedUp(pass.limit))
  }
}

/** @param limit In milliseconds. */
export const usedUp = (limit: number): Error => new Error(`its own time of ${limit} ms is used up`)
