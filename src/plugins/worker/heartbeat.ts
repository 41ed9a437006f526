import type { PluginLimits } from '../limits.js'
import { WorkerEnd } from './end.js'

export interface HeartbeatOptions {
  limits: Pick<PluginLimits, 'beat' | 'missedBeats' | 'outsideMb'>
  /** Asks the worker whether it is there. */
  ping: () => void
  /** It is to be ended. */
  end: (end: WorkerEnd) => void
  /** What the program takes, in bytes; resident. */
  resident?: () => number
  /** Does something once what has come was read. */
  soon?: (work: () => void) => void
}

/** Looks at the program's memory in one beat. */
const LOOKS = 4

const MB = 1_048_576

/**
 * Listens whether a worker answers, and how much it takes beside its heap, which V8 does not bound: buffers. It
 * says so itself as long as it answers. If it does not, and the program grows, it is taken to be the one who grows.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #resident: () => number
  readonly #soon: (work: () => void) => void
  readonly #timer: NodeJS.Timeout
  #looks = 0
  #missed = 0
  #waits = false
  /** What the program took when the worker last answered. */
  #before: number

  constructor(options: HeartbeatOptions) {
    const { limits, resident = () => process.memoryUsage.rss(), soon = setImmediate } = options
    this.#options = options
    this.#resident = resident
    this.#soon = soon
    this.#before = resident()
    this.#timer = setInterval(() => this.look(), limits.beat / LOOKS)
  }

  /** It let heartbeats pass: what is asked of it now would wait too long. */
  get late(): boolean {
    return this.#missed > 1 // the first may be missed because the server itself was busy
  }

  /** @param outside What the worker takes beside its heap, in bytes. */
  answered(outside: number): void {
    this.#waits = false
    this.#missed = 0
    this.#before = this.#resident()
    if (outside > this.#limit) this.#end()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#waits = false
  }

  /** A quarter of a beat has passed. */
  look(): void {
    this.#looks += 1
    const grown = this.#resident() - this.#before > this.#limit
    if (grown && this.#waits) return this.#soon(() => this.#blame())
    if (grown || this.#looks % LOOKS === 0) this.#beat()
  }

  /** Counts beats and not time: when the server itself was busy, the worker is not to blame. */
  #beat(): void {
    const { limits, ping, end } = this.#options
    if (!this.#waits) {
      this.#waits = true
      return ping()
    }
    this.#missed += 1
    const { missedBeats, beat } = limits
    if (this.#missed !== missedBeats) return
    end(new WorkerEnd('silent', { ms: `${missedBeats * beat}` }))
  }

  /** Whoever made the program grow, and kept it from reading what the worker answered, was the program. */
  #blame(): void {
    if (this.#waits) this.#end()
  }

  get #limit(): number {
    return this.#options.limits.outsideMb * MB
  }

  #end(): void {
    const { limits, end } = this.#options
    this.stop()
    end(new WorkerEnd('outside', { mb: `${limits.outsideMb}` }))
  }
}
