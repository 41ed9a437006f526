export interface QueueOptions<Job> {
  /** How many may wait while one runs; what comes then is refused. */
  waiting: number
  /** Never rejects. */
  work: (job: Job) => Promise<void>
  /** Asked before each job: it begins when this resolves, and until then waits like the others. Never rejects. */
  pause?: () => Promise<void> | undefined
}

interface Line<Job> {
  readonly waiting: Job[]
  /** One of them has begun. */
  runs: boolean
}

/** One job at a time for each key, a few waiting. */
export class Queue<Key, Job> {
  readonly #options: QueueOptions<Job>
  readonly #lines = new Map<Key, Line<Job>>()
  readonly #running = new Set<Promise<void>>()

  constructor(options: QueueOptions<Job>) {
    this.#options = options
  }

  /** @returns whether there was room for it. */
  offer(key: Key, job: Job): boolean {
    const line = this.#lines.get(key)
    if (!line) {
      this.#begin(key, job)
      return true
    }
    const { runs, waiting } = line
    if (waiting.length >= this.#options.waiting + (runs ? 0 : 1)) return false
    waiting.push(job)
    return true
  }

  /** Whether something runs under this key. */
  runs(key: Key): boolean {
    return this.#lines.has(key)
  }

  /** Looks at what waits under this key anew: it becomes what `change` gives, or goes when that is nothing. */
  change(key: Key, change: (job: Job) => Job | undefined): void {
    const { waiting } = this.#lines.get(key) ?? {}
    waiting?.push(...waiting.splice(0).flatMap((job) => change(job) ?? []))
  }

  /** Gives away what waits. */
  takeWaiting(): [Key, Job][] {
    const taken: [Key, Job][] = []
    for (const [key, { waiting }] of this.#lines) {
      for (const job of waiting.splice(0)) taken.push([key, job])
    }
    return taken
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await Promise.all(this.#running)
  }

  /** Drops what waits; what runs, and the pause, are their owner's to stop. Resolves when nothing runs. */
  async close(): Promise<void> {
    for (const { waiting } of this.#lines.values()) waiting.length = 0
    await Promise.all(this.#running)
  }

  #begin(key: Key, job: Job): void {
    const line = { waiting: [job], runs: false }
    this.#lines.set(key, line)
    const running = this.#runAll(key, line).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #runAll(key: Key, line: Line<Job>): Promise<void> {
    const { pause, work } = this.#options
    while (line.waiting.length > 0) {
      const until = pause?.()
      if (until) {
        await until
        continue // it may have to wait on, and what waited may be gone
      }
      const job = line.waiting.shift()
      if (job === undefined) break
      line.runs = true
      await work(job)
      line.runs = false
    }
    this.#lines.delete(key)
  }
}
