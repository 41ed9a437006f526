import { setImmediate as turn } from 'node:timers/promises'

/** In so many pieces time is counted. */
const PIECES = 40

/** Work that was taken up and is not finished, so that nobody leaves before it is. */
export class UnderWay {
  readonly #tasks = new Set<Promise<unknown>>()

  /** The same function; what it does counts as under way. */
  counted<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return (...args) => {
      const task = work(...args)
      this.#tasks.add(task)
      task.then(
        () => this.#tasks.delete(task),
        () => this.#tasks.delete(task),
      )
      return task
    }
  }

  /**
   * Resolves when nothing is under way, what waited behind it neither; after `ms` in any case. They are counted in
   * pieces: when the machine had other things to do for seconds, that was one of them.
   */
  async finished(ms: number): Promise<void> {
    const piece = ms / PIECES
    for (let left = ms; this.#tasks.size > 0 && left > 0;) {
      const begun = performance.now()
      await settled([...this.#tasks], piece)
      await turn() // what is behind is taken up in this turn
      left -= Math.min(performance.now() - begun, piece)
    }
  }
}

async function settled(tasks: readonly Promise<unknown>[], ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([Promise.allSettled(tasks), late])
  clearTimeout(timer)
}
