import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { onceAfterWork } from './once-after-work.js'

/**
 * While a program loads, nearly all that it makes survives, and V8 takes that for a reason to make the nursery as big as
 * it gets: some 25 MB that an idle server does not need. So it stays as it is from when this file is loaded, which is
 * why the program does that first, and grows only while there is work. V8 reads this flag each time it is about to
 * let it grow, so that it may change while the program runs.
 */
const growBy = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

/** V8's own default. */
const GROWTH = 2
/** Work is looked for so often, in milliseconds, and is there from this share of the time on. */
const LOOK_MS = 2_000
const BUSY = 0.3

/**
 * When a crowd has come in, V8 keeps what it took for that: it gives memory back by itself only once hardly anything was
 * made anew for a minute, and a silent server that sends pings never gets there. With this flag it does so within the next
 * ten seconds, in small steps, and puts together what lies scattered. It, too, is read each time.
 */
const save = (memory: boolean): void =>
  setFlagsFromString(memory ? '--optimize-for-size' : '--no-optimize-for-size')

/**
 * V8 makes objects in the old generation at once where nearly all of those that it looked at survived. The last lines of a
 * room do, while few are said; later each of thousands a second is made there, is garbage a moment after, and keeps all
 * that it points to, until all that is alive is marked: on one core 50 to 75 ms every few seconds.
 */
const pretenureNothing = (): void => setFlagsFromString('--no-allocation-site-pretenuring')

growBy(1)
pretenureNothing()

/** Lets the nursery grow while the server works, and has V8 give back what it grew by when that is over. @returns how to stop looking. */
export function growWithWork(): () => void {
  const isDue = onceAfterWork()
  let before = performance.eventLoopUtilization()
  const look = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    growBy(utilization > BUSY ? GROWTH : 1)
    save(isDue(utilization))
  }, LOOK_MS).unref()
  return () => clearInterval(look)
}
