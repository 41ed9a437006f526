import { LRUCache } from 'lru-cache'
import { ChatError } from '../../errors.js'

/** Persons whose last lines are remembered; the longest silent is forgotten first. */
const PERSONS = 50_000

/** Who spoke when in rooms with slow mode. A person is known by user and by browser, so that a new name gains nothing. */
export class SlowMode {
  readonly #steady: () => number
  readonly #spokeAt = new LRUCache<string, number>({ max: PERSONS })

  constructor(steady: () => number) {
    this.#steady = steady
  }

  /**
   * Counts a line that is about to be said.
   * @param every How long to wait between two lines, in milliseconds.
   * @returns what takes the line back: it was refused after all.
   * @throws {ChatError} `slow_mode` with the time to wait.
   */
  take(roomId: number, who: { userId: number; device?: string | undefined }, every: number) {
    const keys = [`${roomId}:u${who.userId}`, ...(who.device ? [`${roomId}:d${who.device}`] : [])]
    const before = keys.map((key) => this.#spokeAt.get(key))
    const now = this.#steady()
    const wait = Math.max(...before.map((at) => (at === undefined ? 0 : at + every - now)))
    if (wait > 0) throw new ChatError('slow_mode', { waitMs: wait })

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
