import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ChatError } from '../../errors.js'
import type { Judgement } from '../order/order.js'

const WINDOW_S = 600
/** Wrong passcodes in that time, of a person and of an address; a class sits behind one that is near. */
const OF_PERSON = 10
const OF_ADDRESS = 30
const NEAR_FACTOR = 10

/** Keeps passcodes from being guessed: only wrong ones count in the end. */
export class Guesses {
  readonly #judgement: Pick<Judgement, 'areaOf' | 'isNear'>
  readonly #person = limiter(OF_PERSON)
  readonly #far = limiter(OF_ADDRESS)
  readonly #near = limiter(OF_ADDRESS * NEAR_FACTOR)

  constructor(judgement: Pick<Judgement, 'areaOf' | 'isNear'>) {
    this.#judgement = judgement
  }

  /**
   * Counts one before it is looked at: many at once are as many.
   * @throws {ChatError} `rate_limited`
   */
  async take(userId: number, address: string): Promise<void> {
    await consume(this.#person, String(userId))
    await consume(this.#ofAddress(address), this.#judgement.areaOf(address))
  }

  /** It was right. */
  async giveBack(userId: number, address: string): Promise<void> {
    await this.#person.reward(String(userId))
    await this.#ofAddress(address).reward(this.#judgement.areaOf(address))
  }

  #ofAddress(address: string): RateLimiterMemory {
    return this.#judgement.isNear(address) ? this.#near : this.#far
  }
}

const limiter = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_S })

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason
    const retryAfterMs = Math.max(1_000, reason.msBeforeNext)
    const seconds = Math.ceil(retryAfterMs / 1000)
    throw new ChatError('rate_limited', { values: { seconds }, retryAfterMs })
  }
}
