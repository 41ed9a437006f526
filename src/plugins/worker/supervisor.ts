import type { Logger } from '../../log.js'
import type { PluginLimits } from '../limits.js'
import { Thread, Unavailable } from './thread.js'
import type { WorkerEnd } from './end.js'

export interface SupervisorOptions {
  /** For the log: `shared`, or the section whose own worker it is. */
  name: string
  log: Logger
  limits: PluginLimits
  /** Brings a new thread to where the one before was. */
  restore: (thread: Thread) => Promise<void>
  /** A thread ended that was in service. @param atWork Keys of the sections that may have done it. */
  ended: (end: WorkerEnd, atWork: ReadonlySet<string>) => void
  /** Whether anybody needs a thread. */
  needed: () => boolean
}

/** A worker that lived this long is not failing at its start. */
const STABLE_MS = 60_000

/** Keeps a worker thread running: starts it when it is first needed, and again when it died. */
export class Supervisor {
  readonly #options: SupervisorOptions
  /** The thread with all its plugins, once it is so. */
  #up: Promise<Thread> | undefined
  #thread: Thread | undefined
  #ready: Thread | undefined
  #serving = false
  #closed = false
  #deaths = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /** From now on a dead worker is started again by itself. */
  serve(): void {
    this.#serving = true
    if (!this.#ready && !this.#up && this.#options.needed()) this.#startLater()
  }

  /** @throws {Unavailable} while it is not there, or does not answer. */
  now(): Thread {
    if (this.#ready && !this.#ready.late && !this.#ready.dead) return this.#ready
    throw new Unavailable("the plugins' worker does not answer")
  }

  /** The thread, if one is in service. */
  get ready(): Thread | undefined {
    return this.#ready
  }

  /** The thread, started if need be. */
  started(): Promise<Thread> {
    return (this.#up ??= this.#start())
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#thread?.close()
  }

  async #start(): Promise<Thread> {
    if (this.#closed) throw new Unavailable('the server closes')
    const born = performance.now()
    const thread = new Thread({
      ...this.#options,
      gone: (end, atWork) => {
        if (performance.now() - born > STABLE_MS) this.#deaths = 0
        this.#gone(end, atWork)
      },
    })
    this.#thread = thread
    await this.#options.restore(thread)
    if (thread.dead) throw new Unavailable("the plugins' worker ended while it started")
    return (this.#ready = thread)
  }

  #gone(end: WorkerEnd, atWork: ReadonlySet<string>): void {
    const { log, ended, needed } = this.#options
    const served = this.#ready !== undefined
    this.#ready = undefined
    this.#thread = undefined
    this.#up = undefined
    if (this.#closed) return
    log.warn({ reason: end.message }, "the plugins' worker ended")
    if (!this.#serving) return
    if (served) ended(end, atWork)
    if (needed()) this.#startLater()
  }

  /** After a pause, so that a worker that dies at once does not keep the machine busy. */
  #startLater(): void {
    const { limits, log } = this.#options
    const pause = Math.min(limits.restart * 2 ** this.#deaths, limits.restartMost)
    this.#deaths += 1
    this.#up = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, pause)
    }).then(() => this.#start())
    this.#up.then(
      () => log.info("the plugins' worker is up again"),
      (error: unknown) => log.warn({ err: error }, "the plugins' worker is down"),
    )
  }
}
