import type { User } from '../../protocol.js'

/** Who spoke so shortly before a room was opened may be on the way back, in milliseconds. */
export const SPOKE_MS = 10 * 60_000
/** So long they are waited for: browsers try again within seconds. */
const WAIT_MS = 2 * 60_000

/** After a restart people come back one by one; the first of them is not alone for that. */
export class Returning {
  readonly #until: number
  readonly #awaited: Set<number>

  /** @param spoke Who spoke within {@link SPOKE_MS} before the room was opened, which was at `opened`. */
  constructor(spoke: readonly User[], opened: number) {
    this.#until = opened + WAIT_MS
    this.#awaited = new Set(spoke.filter(({ kind }) => kind === 'person').map(({ id }) => id))
  }

  /** Somebody left since: they are not on the way back. */
  left(userId: number): void {
    this.#awaited.delete(userId)
  }

  /** How many are still waited for. */
  count(isHere: (userId: number) => boolean, now: number): number {
    if (now >= this.#until) this.#awaited.clear()
    return [...this.#awaited].filter((id) => !isHere(id)).length
  }
}
