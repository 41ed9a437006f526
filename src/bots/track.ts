import { clock as machine } from '../clock.js'
import type { Sentence } from '../i18n/index.js'

/** Answers whose times are kept: enough for a percentile, and of a recent past. */
const KEPT = 200

/** How a bot fares, for its host. Kept in memory: a restart begins anew. */
export class Track {
  answered = 0
  failed = 0
  /** Why its file cannot be used as it was saved last: it stays as it was before. */
  unusable: Sentence | undefined
  lastError: { at: number; kind: string; data?: string | Sentence } | undefined
  readonly #times: number[] = []
  readonly #now: () => number

  /** @param now Milliseconds since 1970 UTC, as the server has them. */
  constructor(now: () => number = machine.now) {
    this.#now = now
  }

  /** @param ms From hearing the line to the end of its answer. */
  answeredIn(ms: number): void {
    this.#times[this.answered % KEPT] = ms
    this.answered += 1
  }

  /** @param data Where it was, if that is known. */
  failedBy(kind: string, data?: string): void {
    this.failed += 1
    // What became of its worker is told first, and says more.
    const told = kind === 'worker' && this.lastError?.kind === 'worker' ? this.lastError : {}
    this.lastError = { ...told, at: this.#now(), kind, ...(data !== undefined && { data }) }
  }

  /** What is no failure of an answer, but its host should know. */
  noted(kind: string): void {
    this.lastError = { at: this.#now(), kind }
  }

  /** Its file cannot be used as it is now, or its worker ended. @param data Why, for its author. */
  broken(data: Sentence, kind: 'broken' | 'worker' = 'broken'): void {
    if (kind === 'broken') this.unusable = data
    this.lastError = { at: this.#now(), kind, data }
  }

  /** Another version of it has come. */
  renewed(): void {
    this.unusable = undefined
    if (this.lastError?.kind === 'broken') this.lastError = undefined
  }

  /** 95 of 100 of the last answers took no longer, in milliseconds. */
  get p95(): number | undefined {
    const sorted = this.#times.toSorted((a, b) => a - b)
    const slow = sorted[Math.ceil(sorted.length * 0.95) - 1]
    return slow === undefined ? undefined : Math.round(slow)
  }
}
