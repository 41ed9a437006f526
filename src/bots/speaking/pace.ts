import { TokenBucket } from 'limiter'

/** How fast one bot may speak in one room: five messages at once, then one a second. */
const BURST = 5
const PER_SECOND = 1

/** A bot's turns to speak in one room. */
export class Pace {
  readonly #bucket = new TokenBucket({
    bucketSize: BURST,
    tokensPerInterval: PER_SECOND,
    interval: 'second',
  })

  /** Whoever waits, one after the other: who comes later speaks later. */
  #line: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor() {
    this.#bucket.content = BURST // a bucket of this package starts empty
  }

  /** Takes a turn if there is one now. */
  take(): boolean {
    return this.#waiting === 0 && this.#bucket.tryRemoveTokens(1)
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting
  }

  /** Waits for a turn, behind those who wait already. @throws the signal's reason, if it aborts before. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.take()) return
    signal.throwIfAborted()
    this.#waiting += 1
    const turn = this.#line.then(() => this.#next(signal)).finally(() => (this.#waiting -= 1))
    this.#line = turn.catch(() => undefined)
    await sooner(turn, signal)
  }

  async #next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    while (!this.#bucket.tryRemoveTokens(1)) await pause(this.#bucket.getWaitTime(1), signal)
  }
}

/** Nobody stands in the line for longer than they have time. */
function sooner(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop)
        resolve()
      },
      Math.max(1, ms),
    )
    signal.addEventListener('abort', stop, { once: true })
  })
}
