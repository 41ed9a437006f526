import { setTimeout } from 'node:timers/promises'

export interface BehindOptions<V> {
  write: (values: V[]) => Promise<unknown>
  /** How long a first value waits for others, in milliseconds. */
  wait: number
  /** Told of a write that failed: its values wait for the next one. */
  failed: (error: unknown) => void
}

/**
 * Writes what nobody waits for: one write at a time, of all that came since the last one. A later value takes
 * the place of an earlier one under the same key.
 */
export class Behind<V> {
  readonly #options: BehindOptions<V>
  #waiting = new Map<string, V>()
  #writing: Promise<void> | undefined
  #batch: Promise<boolean> | undefined
  readonly #closing = new AbortController()

  constructor(options: BehindOptions<V>) {
    this.#options = options
  }

  put(key: string, value: V): void {
    this.#waiting.set(key, value)
    this.#writing ??= this.#run()
  }

  /** Something newer is about to be written elsewhere: what waits under this key is given up, and is not written after it. */
  async drop(key: string): Promise<void> {
    this.#waiting.delete(key)
    await this.#batch
    this.#waiting.delete(key) // it may have failed, to be tried again
  }

  /** Writes what waits, for the last time. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#writing
    if (this.#waiting.size > 0) await this.#write()
  }

  async #run(): Promise<void> {
    let written = true
    while (written && this.#waiting.size > 0) {
      // Cut short by closing, which waits for us.
      await setTimeout(this.#options.wait, undefined, { signal: this.#closing.signal }).catch(
        () => {},
      )
      this.#batch = this.#write()
      written = await this.#batch
    }
    this.#writing = undefined
  }

  async #write(): Promise<boolean> {
    const values = this.#waiting
    this.#waiting = new Map()
    try {
      await this.#options.write([...values.values()])
      return true
    } catch (error) {
      this.#options.failed(error)
      this.#waiting = new Map([...values, ...this.#waiting])
      return false
    }
  }
}
