import { LRUCache } from 'lru-cache'
import { growing } from '../../growing.js'

/** Guests whose address is remembered, for the lines they said and for the one that tells of their going. */
const GUESTS = 10_000

/** The guests of the plain page: where they come from, which is kept nowhere else, and how their visit ends. */
export class Guests {
  readonly #addresses = new LRUCache<number, string>(growing(GUESTS))
  readonly #present = new Map<number, () => Promise<void>>()

  /** @param over To be called at the end of the visit; never rejects. */
  came(userId: number, address: string, over: () => Promise<void>): void {
    this.#addresses.set(userId, address)
    this.#present.set(userId, over)
  }

  async left(userId: number): Promise<void> {
    const over = this.#present.get(userId)
    this.#present.delete(userId)
    await over?.()
  }

  /** Ends every visit, while there is a store to write it down. */
  async close(): Promise<void> {
    await Promise.all([...this.#present.keys()].map((userId) => this.left(userId)))
  }

  readonly addressOf = ({ id }: { id: number }): string | undefined => this.#addresses.get(id)
}
