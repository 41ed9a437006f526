import { TokenBucket } from 'limiter'

/** How fast one bot may speak in one room: five messages at once, then one a second. */
const BURST = 5
const PER_SECOND = 1

export class Pace {
  readonly #bucket = new TokenBucket({
    bucketSize: BURST,
    tokensPerInterval: PER_SECOND,
    interval: 'second',
  })

  constructor() {
    this.#bucket.content = BURST // a bucket of this package starts empty
  }

  /** Takes a turn if there is one now. */
  take(): boolean {
    return this.#bucket.tryRemoveTokens(1)
  }

  /** Waits for a turn. @throws the signal's reason, if it aborts before. */
  async wait(signal: AbortSignal): Promise<void> {
    while (!this.take()) await pause(this.#bucket.getWaitTime(1), signal)
  }
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
