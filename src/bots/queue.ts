export interface QueueOptions<Job> {
  /** How many may wait while one runs; what comes then is refused. */
  waiting: number
  /** Never rejects. */
  work: (job: Job) => Promise<void>
}

/** One job at a time for each key, a few waiting. */
export class Queue<Key, Job> {
  readonly #options: QueueOptions<Job>
  readonly #waiting = new Map<Key, Job[]>()
  readonly #lines = new Set<Promise<void>>()

  constructor(options: QueueOptions<Job>) {
    this.#options = options
  }

  /** @returns whether there was room for it. */
  offer(key: Key, job: Job): boolean {
    const waiting = this.#waiting.get(key)
    if (waiting && waiting.length >= this.#options.waiting) return false
    if (waiting) waiting.push(job)
    else this.#begin(key, job)
    return true
  }

  /** Whether something runs under this key. */
  runs(key: Key): boolean {
    return this.#waiting.has(key)
  }

  /** Looks at what waits under this key anew: it becomes what `change` gives, or goes when that is nothing. */
  change(key: Key, change: (job: Job) => Job | undefined): void {
    const waiting = this.#waiting.get(key)
    waiting?.push(...waiting.splice(0).flatMap((job) => change(job) ?? []))
  }

  /** Gives away what waits. */
  takeWaiting(): [Key, Job][] {
    const taken: [Key, Job][] = []
    for (const [key, waiting] of this.#waiting) {
      for (const job of waiting.splice(0)) taken.push([key, job])
    }
    return taken
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await Promise.all(this.#lines)
  }

  /** Drops what waits; what runs is its owner's to stop. Resolves when nothing runs. */
  async close(): Promise<void> {
    for (const waiting of this.#waiting.values()) waiting.length = 0
    await Promise.all(this.#lines)
  }

  #begin(key: Key, job: Job): void {
    this.#waiting.set(key, [])
    const line = this.#runAll(key, job).finally(() => this.#lines.delete(line))
    this.#lines.add(line)
  }

  async #runAll(key: Key, first: Job): Promise<void> {
    for (let job: Job | undefined = first; job !== undefined;) {
      await this.#options.work(job)
      job = this.#waiting.get(key)?.shift()
    }
    this.#waiting.delete(key)
  }
}
