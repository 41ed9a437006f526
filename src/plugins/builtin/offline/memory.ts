/** Remembers one thing for each key, and forgets what was written longest ago when there is too much. */
export class Memory<K, V> {
  readonly #kept = new Map<K, V>()
  readonly #limit: number

  /** @param limit How many keys are kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: K): V | undefined {
    return this.#kept.get(key)
  }

  set(key: K, value: V): void {
    this.#kept.delete(key)
    this.#kept.set(key, value)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#limit && oldest !== undefined) this.#kept.delete(oldest)
  }

  delete(key: K): boolean {
    return this.#kept.delete(key)
  }
}
