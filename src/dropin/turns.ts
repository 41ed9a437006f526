/** What is done for each name, one thing after the other. */
export class Turns {
  readonly #work = new Map<string, Promise<void>>()
  readonly #failed: (error: unknown) => void

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed
  }

  take(name: string, work: () => Promise<void>): void {
    const before = this.#work.get(name) ?? Promise.resolve()
    this.#work.set(name, before.then(work).catch(this.#failed))
  }

  /** Resolves when nothing is left to do. @param most Waits no longer than so many milliseconds. */
  async idle(most?: number): Promise<void> {
    const idle = Promise.all(this.#work.values()).then(() => undefined)
    if (most === undefined) return idle
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, most)))
    await Promise.race([idle, late])
    clearTimeout(timer)
  }
}
