/** A file as it lies there. */
export interface Seen {
  /** Changes with every save: of its time, size and place on the disk. */
  version: string
  size: number
}

/** Editors write in several steps. What looks the same for this long is taken as saved. Milliseconds. */
const SETTLED_MS = 40
/** Some put the old file away before they write the new one; an empty one is about to be written. */
const GONE_MS = 300
const EMPTY_MS = 1_000

interface Pending {
  version: string | undefined
  since: number
  wait: number
}

/** What lies in a folder, as soon as it has come to rest. */
export class Settled {
  /** Version by file name. */
  readonly files = new Map<string, string>()
  readonly #pending = new Map<string, Pending>()

  /**
   * Takes what was found.
   * @param now A clock that never goes back, in milliseconds.
   * @returns names of what has come to rest as something else, and after how long to look again.
   */
  update(found: ReadonlyMap<string, Seen>, now: number): { changed: string[]; again?: number } {
    const changed: string[] = []
    for (const name of new Set([...this.files.keys(), ...found.keys(), ...this.#pending.keys()])) {
      const seen = found.get(name)
      if (seen?.version === this.files.get(name)) this.#pending.delete(name)
      else if (this.#rests(name, seen, now)) changed.push(name)
    }
    const waits = [...this.#pending.values()].map(({ since, wait }) => since + wait - now)
    return { changed, ...(waits.length > 0 && { again: Math.max(1, Math.min(...waits)) }) }
  }

  /** Takes what was found as it is. */
  take(found: ReadonlyMap<string, Seen>): void {
    for (const [name, { version }] of found) this.files.set(name, version)
  }

  #rests(name: string, seen: Seen | undefined, now: number): boolean {
    const version = seen?.version
    const pending = this.#pending.get(name)
    if (!pending || pending.version !== version) {
      const wait = seen === undefined ? GONE_MS : seen.size === 0 ? EMPTY_MS : SETTLED_MS
      this.#pending.set(name, { version, since: now, wait })
      return false
    }
    if (now - pending.since < pending.wait) return false
    this.#pending.delete(name)
    if (version === undefined) this.files.delete(name)
    else this.files.set(name, version)
    return true
  }
}
