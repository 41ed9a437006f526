import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { isNear, neighbourhood } from './address.js'

const WINDOW_S = 600
const NEAR_FACTOR = 10

/** Counts one more for this address. Undefined: let in; a number: too many, come back after so many seconds. */
export type Take = (address: string) => Promise<number | undefined>

/**
 * Limits how often an address may do something in ten minutes; ten times as often from this machine and
 * from private networks, since a class sits behind one address.
 * @param times 0 = no limit.
 */
export function perWindow(times: number): Take {
  if (times === 0) return async () => undefined
  const far = new RateLimiterMemory({ points: times, duration: WINDOW_S })
  const near = new RateLimiterMemory({ points: times * NEAR_FACTOR, duration: WINDOW_S })

  return async function take(address) {
    const limiter = isNear(address) ? near : far
    const refused = await limiter.consume(neighbourhood(address)).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (refused === undefined) return undefined
    if (refused instanceof RateLimiterRes)
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw refused
  }
}
