import { setImmediate as turn } from 'node:timers/promises'

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

  /** Resolves when nothing is under way, what waited behind it neither; after `ms` in any case. */
  async finished(ms: number): Promise<void> {
    const end = performance.now() + ms
    while (this.#tasks.size > 0 && performance.now() < end) {
      await settled([...this.#tasks], end - performance.now())
      await turn() // what is behind is taken up in this turn
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
