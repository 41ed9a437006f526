import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'

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

growBy(1)

/** Lets the nursery grow while the server works. @returns how to stop looking. */
export function growWithWork(): () => void {
  let before = performance.eventLoopUtilization()
  const look = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    growBy(utilization > BUSY ? GROWTH : 1)
  }, LOOK_MS).unref()
  return () => clearInterval(look)
}
