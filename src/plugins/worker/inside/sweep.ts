import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A text of so many characters is worth it. */
const HUGE = 1_000_000
/** Until whoever made it has let go of it, in milliseconds. */
const SOON_MS = 50

let waits = false

/**
 * Sweeps up soon after a text that no message can hold: V8 would let many such lie before it looks, and what a
 * worker keeps, the server keeps. At most twenty times a second: a sweep takes milliseconds of the worker's time.
 */
export function sweepAfter(text: string): void {
  if (text.length < HUGE || waits) return
  waits = true
  setTimeout(() => {
    waits = false
    sweep()
  }, SOON_MS).unref()
}

let collect: (() => void) | undefined

function sweep(): void {
  collect ??= collector()
  collect()
}

/** V8 has it in contexts that are made while the flag is set; nobody else gets one. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('typeof gc === "function" ? gc : () => {}')
  setFlagsFromString('--no-expose-gc')
  return collect
}
