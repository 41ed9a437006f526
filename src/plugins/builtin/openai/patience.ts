import { Failure } from './failure.js'

/** One timer over one request: how long the next sign of life may take. */
export class Patience {
  /** Aborts with a {@link Failure} when it took too long, and together with the signal it was made from. */
  readonly signal: AbortSignal
  readonly #controller = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#controller.signal])
  }

  /** From now on the next call may take this long. @param ms Milliseconds. */
  wait(ms: number, kind: 'timeout' | 'idle'): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#controller.abort(new Failure(kind)), ms)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
