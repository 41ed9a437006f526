import { LRUCache } from 'lru-cache'
import { ChatError } from '../../errors.js'
import { growing } from '../../growing.js'

/** Persons whose last lines are remembered; the longest silent is forgotten first. */
const PERSONS = 50_000

interface Speaker {
  userId: number
  device?: string | undefined
}

/** Who spoke when in rooms with slow mode. A person is known by user and by browser, so that a new name gains nothing. */
export class SlowMode {
  readonly #steady: () => number
  readonly #spokeAt = new LRUCache<string, number>(growing(PERSONS))

  constructor(steady: () => number) {
    this.#steady = steady
  }

  /** Somebody spoke so long ago, in milliseconds, before this server was there to count it. */
  remember(roomId: number, userId: number, ago: number): void {
    const [key = ''] = keysOf(roomId, { userId })
    this.#spokeAt.set(key, Math.max(this.#steady() - ago, this.#spokeAt.get(key) ?? -Infinity))
  }

  /** How long somebody has to wait for their next line, in milliseconds; 0: not at all. */
  wait(roomId: number, who: Speaker, every: number): number {
    const now = this.#steady()
    const times = keysOf(roomId, who).map((key) => this.#spokeAt.get(key))
    return Math.max(0, ...times.map((at) => (at === undefined ? 0 : at + every - now)))
  }

  /**
   * Counts a line that is about to be said.
   * @param every How long to wait between two lines, in milliseconds.
   * @returns what takes the line back: it was refused after all.
   * @throws {ChatError} `slow_mode` with the time to wait.
   */
  take(roomId: number, who: Speaker, every: number): () => void {
    const wait = this.wait(roomId, who, every)
    if (wait > 0) throw new ChatError('slow_mode', { waitMs: wait })

    const keys = keysOf(roomId, who)
    const before = keys.map((key) => this.#spokeAt.get(key))
    const now = this.#steady()
    for (const key of keys) this.#spokeAt.set(key, now)
    return () => {
      keys.forEach((key, index) => {
        const at = before[index]
        if (this.#spokeAt.get(key) !== now) return // said something since
        if (at === undefined) this.#spokeAt.delete(key)
        else this.#spokeAt.set(key, at)
      })
    }
  }
}

const keysOf = (roomId: number, { userId, device }: Speaker): string[] => [
  `${roomId}:u${userId}`,
  ...(device ? [`${roomId}:d${device}`] : []),
]
