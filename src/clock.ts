/** The two clocks of a server; tests turn their own. */
export interface Clock {
  /** Milliseconds since 1970 UTC, as the machine has them: for what is kept and shown. It may jump. */
  now: () => number
  /** Milliseconds that never go back: for how long something takes or lasts. */
  steady: () => number
}

/** The clocks of this machine. */
export const clock: Clock = { now: () => Date.now(), steady: () => performance.now() }

/** A timer waits no longer, in milliseconds: what is meant to take longer would be over at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1
