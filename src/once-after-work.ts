/** Below this share of the time a server is as good as idle: it answers pings, and a few lines now and then. */
const QUIET = 0.1
/** After so many quiet looks V8 has given back what it can, and what is to come should find it as it was. */
const LOOKS = 10

/** Tells with each look whether memory is to be saved: not during work, for a while after it, and then no more. */
export function onceAfterWork(): (utilization: number) => boolean {
  let left = 0
  return function isDue(utilization) {
    const quiet = utilization < QUIET
    left = quiet ? left - 1 : LOOKS
    return quiet && left >= 0
  }
}
