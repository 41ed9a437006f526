/** Whoever was here so shortly before the server was started may be on the way back, in milliseconds. */
export const LATELY_MS = 10 * 60_000
/** So long they are waited for: browsers try again within seconds. */
const WAIT_MS = 2 * 60_000
/** So many are told of: whoever sees so many come back is not alone. */
const MOST = 20

/** Those who may be on the way back to a room, by their ids, and for how much longer, in milliseconds. */
export interface Awaited {
  users: number[]
  ms: number
}

/** After a restart people come back one by one; the first of them is not alone for that. */
export class Returning {
  readonly #until: number
  readonly #awaited: Set<number>

  /** @param lately Ids of the room's people who were here within {@link LATELY_MS} before the server was started, which was at `started`. */
  constructor(lately: readonly number[], started: number) {
    this.#until = started + WAIT_MS
    this.#awaited = new Set(lately)
  }

  /** Somebody is here: they are on the way no more. @returns whether they were. */
  came(userId: number, now: number): boolean {
    return this.#awaited.delete(userId) && now < this.#until
  }

  /** How many are still waited for. */
  count(now: number): number {
    if (now >= this.#until) this.#awaited.clear()
    return this.#awaited.size
  }

  /** The same, as those who are here are told of it; undefined: nobody is. */
  awaited(now: number): Awaited | undefined {
    if (this.count(now) === 0) return undefined
    return { users: firstOf(this.#awaited, MOST), ms: this.#until - now }
  }
}

/** Of a crowd that comes in, each is told: not by a copy of all of them. */
function firstOf(ids: Iterable<number>, most: number): number[] {
  const first: number[] = []
  for (const id of ids) if (first.push(id) === most) break
  return first
}
