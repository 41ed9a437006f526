/** Whoever was here so shortly before a room was opened may be on the way back, in milliseconds. */
export const LATELY_MS = 10 * 60_000
/** So long they are waited for: browsers try again within seconds. */
const WAIT_MS = 2 * 60_000

/** After a restart people come back one by one; the first of them is not alone for that. */
export class Returning {
  readonly #until: number
  readonly #awaited: Set<number>

  /** @param lately Ids of the room's people who were here within {@link LATELY_MS} before it was opened, which was at `opened`. */
  constructor(lately: readonly number[], opened: number) {
    this.#until = opened + WAIT_MS
    this.#awaited = new Set(lately)
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
