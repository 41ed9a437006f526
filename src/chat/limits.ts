import { TokenBucket } from 'limiter'
import { LRUCache } from 'lru-cache'
import { growing } from '../growing.js'

/** Persons whose buckets are remembered; who was idle longest is forgotten first, with a full bucket. */
const PERSONS = 20_000

export interface LimitOptions {
  /** What a person may do in a minute; 0: no limit. */
  perMinute: number
  /** What of it may come at once; 0: all of it. */
  burst: number
}

/** A token bucket for each person. */
export class PersonLimit {
  readonly #options: LimitOptions
  readonly #buckets = new LRUCache<number, TokenBucket>(growing(PERSONS))

  constructor(options: LimitOptions) {
    this.#options = options
  }

  /** Takes one token. @returns 0, or how many milliseconds to wait for the next one. */
  take(userId: number): number {
    if (this.#options.perMinute === 0) return 0
    const bucket = this.#bucket(userId)
    return bucket.tryRemoveTokens(1) ? 0 : Math.max(1, Math.ceil(bucket.getWaitTime(1)))
  }

  #bucket(userId: number): TokenBucket {
    const known = this.#buckets.get(userId)
    if (known) return known
    const { perMinute, burst } = this.#options
    const bucketSize = Math.min(perMinute, burst || perMinute)
    const bucket = new TokenBucket({
      bucketSize,
      tokensPerInterval: perMinute,
      interval: 'minute',
    })
    bucket.content = bucketSize // the library starts it empty
    this.#buckets.set(userId, bucket)
    return bucket
  }
}
