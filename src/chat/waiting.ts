/** So many wait at most, all rooms together. A room that is alone in it has half of them. */
const PLACES = 2_000

/**
 * Those who wait, first come, first out. A room that is told more than can be stored fills its own share and not
 * the others': one more is let in only while its room has fewer here than there are places free, so that n rooms
 * that are full have an equal part each and one part is left for whoever comes next
 * (A. K. Choudhury, E. L. Hahne: Dynamic Queue Length Thresholds for Shared-Memory Packet Switches, 1998; alpha = 1).
 */
export class Waiting<T> {
  readonly #roomOf: (one: T) => object
  #all: T[] = []
  readonly #perRoom = new WeakMap<object, number>()

  constructor(roomOf: (one: T) => object) {
    this.#roomOf = roomOf
  }

  get length(): number {
    return this.#all.length
  }

  /** @returns whether there was a place for it. */
  add(one: T): boolean {
    const room = this.#roomOf(one)
    const here = this.#perRoom.get(room) ?? 0
    if (here >= PLACES - this.#all.length) return false
    this.#perRoom.set(room, here + 1)
    this.#all.push(one)
    return true
  }

  /** Takes out those who came first, `count` at most; their places are free then. */
  take(count: number): T[] {
    const taken = this.#all.splice(0, count)
    for (const one of taken) {
      const room = this.#roomOf(one)
      this.#perRoom.set(room, (this.#perRoom.get(room) ?? 0) - 1)
    }
    return taken
  }
}
