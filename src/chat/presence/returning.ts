/** Whoever was here so shortly before the server was started may be on the way back, in milliseconds. */
export const LATELY_MS = 10 * 60_000
/** So long they are waited for: browsers try again within seconds. */
const WAIT_MS = 2 * 60_000

/** After a restart people come back one by one; the first of them is not alone for that. */
export class Returning {
  readonly #until: number
  readonly #awaited: Set<number>

  /** @param lately Ids of the room's people who were here within {@link LATELY_MS} before the server was started, which was at `started`. */
  constructor(lately: readonly number[], started: number) {
    this.#until = started + WAIT_MS
    this.#awaited = new Set(lately)
  }

  /** Somebody left since: they are not on the way back. */
  left(userId: number): void {
    this.#awaited.delete(userId)
  }

  /** Is it somebody who was here before? */
  has(userId: number, now: number): boolean {
    return now < this.#until && this.#awaited.has(userId)
  }

  /** How many are still waited for. */
  count(isHere: (userId: number) => boolean, now: number): number {
    if (now >= this.#until) this.#awaited.clear()
    return [...this.#awaited].filter((id) => !isHere(id)).length
  }
}
