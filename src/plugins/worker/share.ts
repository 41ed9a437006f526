import type { PluginLimits } from '../limits.js'

/** How far what it took may go beyond a spree, in milliseconds of waiting. */
const MOST_MS = 30_000

/**
 * What a plugin takes of the processor: so much at once, and a share of a core in the long run. Its low priority
 * keeps the worker from people's lines, but not what it does to the machine that both are on.
 */
export class Share {
  readonly #limits: Pick<PluginLimits, 'share' | 'spree'>
  readonly #now: () => number
  /** Of what it took, what its share has not made good yet; in milliseconds. */
  #spent = 0
  #since: number

  /** @param now A clock that never goes back, in milliseconds. */
  constructor(limits: Pick<PluginLimits, 'share' | 'spree'>, now = () => performance.now()) {
    this.#limits = limits
    this.#now = now
    this.#since = now()
  }

  /** @param ms So long it kept its thread busy. */
  took(ms: number): void {
    const { share, spree } = this.#limits
    this.#makeGood()
    this.#spent = Math.min(this.#spent + ms, spree + MOST_MS * share)
  }

  /** So long it takes no more, in milliseconds; 0: it may. */
  get wait(): number {
    const { share, spree } = this.#limits
    this.#makeGood()
    return Math.max(0, (this.#spent - spree) / share)
  }

  #makeGood(): void {
    const now = this.#now()
    this.#spent = Math.max(0, this.#spent - (now - this.#since) * this.#limits.share)
    this.#since = now
  }
}
