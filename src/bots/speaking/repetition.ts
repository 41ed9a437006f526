import { createHash } from 'node:crypto'

export interface RepetitionOptions {
  /** How often the same may be said to the same person in a room within the time. */
  times?: number
  /** Milliseconds. */
  withinMs?: number
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
}

interface Said {
  count: number
  since: number
  last: number
  told: boolean
}

/** What is kept of people and texts before the old ones are looked through. */
const KEPT = 1_000

/**
 * Finds a bot that goes in circles: with a person's script, or with another bot that people cannot tell from
 * one. Then it is silent until it was not asked for the same for the whole time.
 */
export class Repetition {
  readonly #times: number
  readonly #withinMs: number
  readonly #now: () => number
  readonly #said = new Map<string, Said>()

  constructor({ times = 8, withinMs = 60_000, now }: RepetitionOptions = {}) {
    this.#times = times
    this.#withinMs = withinMs
    this.#now = now ?? (() => performance.now())
  }

  /** Whether this may be said once more; `first`: it is the first time that it may not. */
  take(room: number, asker: number, text: string): 'say' | 'first' | 'stop' {
    const now = this.#now()
    const key = `${room}:${asker}:${digest(text)}`
    const said = this.#fresh(key, now)
    said.last = now
    said.count += 1
    if (said.count <= this.#times) return 'say'
    const first = !said.told
    said.told = true
    return first ? 'first' : 'stop'
  }

  #fresh(key: string, now: number): Said {
    const known = this.#said.get(key)
    if (known && !this.#isOver(known, now)) return known
    if (this.#said.size > KEPT) this.#forget(now)
    const fresh = { count: 0, since: now, last: now, told: false }
    this.#said.set(key, fresh)
    return fresh
  }

  /** Below the limit a minute ends by itself; beyond it only silence ends it. */
  #isOver({ count, since, last }: Said, now: number): boolean {
    return now - (count > this.#times ? last : since) >= this.#withinMs
  }

  #forget(now: number): void {
    for (const [key, said] of this.#said) if (this.#isOver(said, now)) this.#said.delete(key)
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64')
