import { Worker } from 'node:worker_threads'
import { StoreError } from '../store.js'
import type { Writing, Written } from '../written.js'
import { isFailedSync, storeError } from './faults.js'
import type { DraftRow, Job, OutcomeRow, Question, Reply, Request, Settings } from './messages.js'
import type { Unindexed } from './take-up.js'

/** A thread cannot load TypeScript on every Node we support, so it is the built file also in tests. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/store/sqlite/worker.js' : './worker.js',
  import.meta.url,
)

/** Starts a thread that has no file open yet. */
export const startWorker = (): Worker => new Worker(workerFile, { execArgv: [] })

/** Where threads come from, and where they go once their file is closed. */
export interface Threads {
  take: () => Worker
  give: (worker: Worker) => Promise<unknown>
}

const ownThreads: Threads = { take: startWorker, give: (worker) => worker.terminate() }

export interface ThreadOptions extends Settings {
  /** Called once if the thread is lost, or the disk can no longer be trusted. */
  broken?: (reason: StoreError) => void
  /** Others than its own, which begin and end with it: one that dies, or one that was there before. */
  threads?: Threads
}

/** This side of the worker that holds the connection. Requests are answered in their order. */
export class Thread {
  readonly #threads: Threads
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #broken: ((reason: StoreError) => void) | undefined
  #asked = 0
  #over: StoreError | undefined
  #closing: Promise<void> | undefined

  private constructor(threads: Threads) {
    this.#threads = threads
    this.#worker = threads.take()
    this.#worker.on('message', (reply: Reply) => this.#settle(reply))
    this.#worker.on('error', (cause) =>
      this.#break(new StoreError('the database thread crashed', { cause })),
    )
    this.#worker.on('exit', (code) =>
      this.#break(new StoreError(`the database thread ended with code ${code}`)),
    )
  }

  /** @throws {StoreError} with an {@link SqliteError} as its cause, if the file cannot be opened. */
  static async open(options: ThreadOptions): Promise<Thread> {
    const { broken, threads = ownThreads, ...settings } = options
    const thread = new Thread(threads)
    try {
      await thread.#ask(['open', settings])
      thread.#broken = broken
      return thread
    } catch (error) {
      thread.#over = new StoreError('the database could not be opened', { cause: error })
      await thread.#worker.terminate()
      throw error
    }
  }

  async rows(sql: string, parameters: readonly unknown[] = []): Promise<never[]> {
    return (await this.#ask(['rows', sql, parameters])).rows ?? []
  }

  /** @returns the rows of each question, all as they were at one moment. */
  async moment(questions: readonly Question[]): Promise<never[][]> {
    return (await this.#ask(['moment', questions])).moment ?? []
  }

  /** Asks for rows of events and has them written there. */
  async page(sql: string, parameters: readonly unknown[], how: Writing): Promise<Written> {
    const { page } = await this.#ask(['page', sql, parameters, how])
    if (!page) throw new StoreError('the database thread gave no page')
    return page
  }

  /** @returns the number of changed rows. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#ask(['run', sql, parameters])).changes ?? 0
  }

  async append(now: number, drafts: readonly DraftRow[]): Promise<OutcomeRow[]> {
    return (await this.#ask(['append', now, drafts])).outcomes ?? []
  }

  /** @returns how many messages were indexed that waited for it. */
  async takeUp(which: Unindexed, count: number): Promise<number> {
    return (await this.#ask(['takeUp', which, count])).changes ?? 0
  }

  /** Ends a transaction that failed, if the fault has not ended it already. */
  async rollback(): Promise<void> {
    await this.#ask(['rollback'])
  }

  /** Closes the file and ends the thread; what was asked before is answered first. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const lost = this.#over !== undefined
    const closed = lost ? undefined : this.#ask(['close'])
    this.#over ??= new StoreError('the store is closed')
    let { give } = ownThreads
    try {
      await closed
      if (!lost) ({ give } = this.#threads)
    } finally {
      await give(this.#worker)
    }
  }

  #ask(job: Job): Promise<Reply> {
    if (this.#over) return Promise.reject(this.#over)
    const id = ++this.#asked
    const request: Request = [id, ...job]
    const reply = new Promise<Reply>((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject }),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(request)
    return reply
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (!reply.fault) return waiting?.resolve(reply)
    const error = storeError(reply.fault)
    waiting?.reject(error)
    if (isFailedSync(error)) this.#break(error)
  }

  /** Nothing is answered from now on; said once, and not after a wanted end. */
  #break(reason: StoreError): void {
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
    if (this.#over) return
    this.#over = reason
    this.#broken?.(reason)
  }
}

interface Waiting {
  resolve: (reply: Reply) => void
  reject: (reason: StoreError) => void
}
