/** What is asked for under one key is done one after the other, each whether the one before succeeded or not. */
export class Turns<Key> {
  readonly #last = new Map<Key, Promise<unknown>>()

  take<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const done = (this.#last.get(key) ?? Promise.resolve()).then(work)
    const settled = done
      .catch(() => {}) // whoever asked is told
      .finally(() => {
        if (this.#last.get(key) === settled) this.#last.delete(key)
      })
    this.#last.set(key, settled)
    return done
  }

  /** Resolves when what was asked for is done. @param most Waits no longer than so many milliseconds. */
  async idle(most?: number): Promise<void> {
    const idle = Promise.all(this.#last.values()).then(() => undefined)
    if (most === undefined) return idle
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, most)))
    await Promise.race([idle, late])
    clearTimeout(timer)
  }
}
