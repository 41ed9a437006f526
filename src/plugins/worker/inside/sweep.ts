import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A text of so many characters is worth it. */
const HUGE = 1_000_000
/** Until whoever made it has let go of it, in milliseconds. */
const SOON_MS = 50

let waits = false

/**
 * Sweeps up soon after a text that no message can hold: what a worker keeps, the server keeps. Only what is young,
 * at most twenty times a second: a look at the whole heap is shared out among threads of V8's that know nothing of
 * this one's low priority, and they took the processor from people's lines. A text that lived on is V8's to find.
 */
export function sweepAfter(text: string): void {
  if (text.length < HUGE || waits) return
  waits = true
  setTimeout(() => {
    waits = false
    sweep()
  }, SOON_MS).unref()
}

type Collect = (options: { type: 'minor' }) => void
let collect: Collect | undefined

function sweep(): void {
  collect ??= collector()
  collect({ type: 'minor' })
}

/** V8 has it in contexts that are made while the flag is set; nobody else gets one. */
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  const collect: Collect = runInNewContext('typeof gc === "function" ? gc : () => {}')
  setFlagsFromString('--no-expose-gc')
  return collect
}
