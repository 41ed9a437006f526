import { withGlobal } from '@sinonjs/fake-timers'
import { seeded } from './seeded.js'

/** Time and chance as a test wants them, for everybody in the program. */
export interface Clockwork {
  /** Lets time pass, and what is due happen. @param ms Milliseconds. */
  pass(ms: number): Promise<void>
  /** Timers that wait, in words. */
  waiting(): string[]
  /** Gives the machine's own clocks and chance back. */
  restore(): void
}

/** One turn of the event loop, by the machine's own clock. */
const turn = setImmediate

let running = false

/**
 * Puts clocks and `Math.random` of a test's own in the place of the machine's.
 * @param now What the clocks say, in ms since 1970 UTC.
 * @throws when that was done already: they are there once in a program.
 */
export function startClockwork({ now, seed }: { now: number; seed: number }): Clockwork {
  if (running) throw new Error('a test room is open already; close it before you open another')
  running = true
  const clock = withGlobal(globalThis).install({ now, toFake: [...FAKED] })
  const { random } = Math
  Math.random = seeded(seed)
  return {
    pass: (ms) => clock.tickAsync(ms).then(() => undefined),
    waiting: () => waitingOn(clock),
    restore() {
      if (!running) return
      running = false
      clock.uninstall()
      Math.random = random
    },
  }
}

const FAKED = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const),
  ...(['Date', 'performance', 'hrtime'] as const),
]

/** Lets what is under way go on: promises, and what the event loop has ready. */
export const oneTurn = (): Promise<void> => new Promise((resolve) => void turn(resolve))

interface Waiting {
  type?: string
  delay?: number
  func?: unknown
}

/** How many wait is sure; what they are is told as far as the clock shows it. */
function waitingOn(clock: { countTimers(): number }): string[] {
  const count = clock.countTimers()
  const shown =
    'timers' in clock && clock.timers instanceof Map
      ? [...(clock.timers as Map<unknown, Waiting>).values()].map(said)
      : []
  return shown.length === count ? shown : Array.from({ length: count }, () => 'a timer')
}

/** `Timeout of 1000 ms: () => tick()` */
const said = ({ type = 'timer', delay = 0, func }: Waiting): string =>
  `${type} of ${delay} ms: ${String(func).replace(/\s+/g, ' ').slice(0, 80)}`
