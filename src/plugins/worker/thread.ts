import { Worker } from 'node:worker_threads'
import type { Logger } from '../../log.js'
import type { MessageContext, Next } from '../../plugin.js'
import { LineQuota } from './bounds.js'
import { contextDataOf } from './context-data.js'
import { Deputy } from './deputy.js'
import { Heartbeat } from './heartbeat.js'
import { LOG_CHARS, logDetails } from '../log-line.js'
import type { PluginLimits } from '../limits.js'
import type { FromWorker, Part, ToWorker } from './messages.js'
import { ModuleFault, type FaultData } from '../module/module-fault.js'
import { CELLS, Progress } from './progress.js'
import { Solo } from './solo.js'
import type { Errand, LineWire } from './wire.js'
import { endBy, WorkerEnd, WorkerEnded } from './end.js'

/** The worker is not there, or too busy to answer: nobody's failure but its own. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly kind = 'worker'
}

/** It is there, but what was asked does not come to an end. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** In milliseconds. */
  readonly limit: number

  constructor(limit: number) {
    super(`no answer within ${limit} ms`)
    this.limit = limit
  }
}

export interface ThreadOptions {
  /** For the log: `shared`, or the section it belongs to. */
  name: string
  log: Logger
  limits: PluginLimits
  /** Called once, whatever ended it. @param atWork Keys of the sections that had not answered. */
  gone: (end: WorkerEnd, atWork: ReadonlySet<string>) => void
}

interface Waiter {
  /** Key of the section that is to answer. */
  section?: string
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

type Question = Extract<ToWorker, { ask: number }>
type Unasked<Q> = Q extends unknown ? Omit<Q, 'ask'> : never

/** A worker thread cannot load .ts (neither in Node 20 nor under jest): always the compiled file. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/plugins/worker/inside/worker.js'
    : './inside/worker.js',
  import.meta.url,
)

/** Its nursery: V8 would take 48 MB for what hardly needs any. */
const YOUNG_MB = 8

/** One life of the plugins' worker, from its start to its end. */
export class Thread {
  readonly #worker: Worker
  readonly #options: ThreadOptions
  readonly #asked = new Map<number, Waiter>()
  /** Messages that the worker has. */
  readonly #errands = new Map<number, Errand>()
  readonly #progress = new Progress()
  readonly #cells = Array.from({ length: CELLS }, (_, cell) => cell)
  readonly #lines = new WeakMap<object, number>()
  /** From its first word on: how long a thread takes to begin is the machine's affair. */
  #heart: Heartbeat | undefined
  readonly #exited: Promise<unknown>
  #count = 0
  #dead = false
  #busyAtEnd = 0
  #end: WorkerEnd | undefined

  constructor(options: ThreadOptions) {
    this.#options = options
    const { heapMb } = options.limits
    this.#worker = new Worker(workerUrl, {
      name: 'plugins',
      argv: [],
      execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      env: {},
      workerData: this.#progress.memory,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    this.#exited = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (message: FromWorker) => this.#take(message))
    this.#worker.on('error', (error: unknown) => (this.#end ??= endBy(error)))
    this.#worker.once('exit', (code) => this.#exit(new WorkerEnd('exit', { code: `${code}` })))
    this.#console('stdout')
    this.#console('stderr')
  }

  /** It let heartbeats pass: what is asked of it now would wait too long. */
  get late(): boolean {
    return this.#heart?.late ?? false
  }

  get dead(): boolean {
    return this.#dead
  }

  /** How long it has been at work since it began, in milliseconds; of a dead one, until it was ended. */
  get busy(): number {
    return this.#dead ? this.#busyAtEnd : this.#worker.performance.eventLoopUtilization().active
  }

  /** Asks the worker and waits for its answer. @throws when it is gone or has not answered in time. */
  async ask(question: Unasked<Question>, limit: number): Promise<unknown> {
    const ask = this.#number()
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new NoAnswer(limit)), limit)
        const section = sectionOf(question)
        this.#asked.set(ask, { resolve, reject, ...(section !== undefined && { section }) })
        this.#post({ ...question, ask })
      })
    } finally {
      clearTimeout(timer)
      this.#asked.delete(ask)
    }
  }

  /** Whether one more line can go in. */
  get hasRoom(): boolean {
    return this.#cells.length > 0
  }

  /**
   * Takes a message through a bot or a command.
   * @returns what a command answered.
   * @throws what the plugin threw, `ctx.reject`'s included; the signal's reason when its time is up.
   */
  run(part: Part, ctx: MessageContext, next: Next): Promise<unknown> {
    const { section } = part
    const run = this.#number()
    const post = (message: ToWorker) => this.#post(message)
    const wire = { run, post, close: () => void this.#errands.delete(run) }
    const deputy = new Deputy({ ctx, run, step: 0, post, next })
    const solo = new Solo({ ctx, deputy, section, wire })
    this.#errands.set(run, solo)
    post({ type: 'run', run, part, context: contextDataOf(ctx, this.numberOf(ctx.state)) })
    return solo.ended
  }

  /** Opens a way for a line through plugins. @param make What is told of it. */
  walk<T extends Errand>(make: (wire: LineWire) => T): T {
    const cell = this.#cells.pop()
    if (cell === undefined) throw new Unavailable("the plugins' worker has too many lines")
    const run = this.#number()
    const errand = make({
      run,
      cell,
      progress: this.#progress,
      post: (message) => this.#post(message),
      close: () => {
        if (this.#errands.delete(run)) this.#cells.push(cell)
      },
    })
    this.#errands.set(run, errand)
    return errand
  }

  /** Everything around one message has the same `ctx.state`: by it the worker knows the message again. */
  numberOf(state: object): number {
    const known = this.#lines.get(state)
    if (known !== undefined) return known
    const number = this.#number()
    this.#lines.set(state, number)
    return number
  }

  /** Lets the plugins undo what they did, for as long as they may take, then ends the thread. */
  async close(): Promise<void> {
    await this.ask({ type: 'stop' }, this.#options.limits.cleanup).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'plugins did not stop in time')
    })
    await this.kill(new WorkerEnd('closes'))
  }

  async kill(end: WorkerEnd): Promise<void> {
    this.#end ??= end
    this.#busyAtEnd = this.busy
    await this.#worker.terminate()
    await this.#exited
  }

  #number(): number {
    this.#count += 1
    return this.#count
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(message)
  }

  #take(message: FromWorker): void {
    this.#heart ??= new Heartbeat({
      limits: this.#options.limits,
      ping: () => this.#post({ type: 'ping' }),
      end: (end) => void this.kill(end),
    })
    switch (message.type) {
      case 'pong':
        return this.#heart.answered(message.outside)
      case 'log':
        return this.#log(message)
      case 'answer':
        return settle(this.#asked.get(message.ask), message)
      default:
        return this.#errands.get(message.run)?.take(message) // none: its time was up
    }
  }

  #log({ key, level, message, details }: Extract<FromWorker, { type: 'log' }>): void {
    const about = { plugin: key, ...logDetails(details) }
    this.#options.log[level](about, message.slice(0, LOG_CHARS))
  }

  #console(stream: 'stdout' | 'stderr'): void {
    const quota = new LineQuota()
    this.#worker[stream].setEncoding('utf8').on('data', (chunk: string) => {
      for (const line of chunk.split('\n').filter((line) => line.trim() !== '')) {
        const leftOut = quota.take()
        if (leftOut === undefined) continue
        const about = { [stream]: line.slice(0, LOG_CHARS), ...(leftOut > 0 && { leftOut }) }
        this.#options.log.info(about, 'plugin console')
      }
    })
  }

  #exit(otherwise: WorkerEnd): void {
    this.#heart?.stop()
    this.#dead = true
    const end = this.#end ?? otherwise
    const error = new WorkerEnded(end)
    const [asked, errands] = [[...this.#asked.values()], [...this.#errands.values()]]
    const works = errands.map((errand) => errand.atWork())
    const sure = [
      ...asked.flatMap(({ section = [] }) => section),
      ...works.flatMap((work) => work.sure),
    ]
    for (const waiter of asked) waiter.reject(error)
    for (const errand of errands) errand.lost(error)
    this.#options.gone(end, new Set(sure.length > 0 ? sure : works.flatMap((work) => work.perhaps)))
  }
}

function settle(waiter: Waiter | undefined, answer: { value?: unknown; fault?: FaultData }): void {
  if (answer.fault === undefined) waiter?.resolve(answer.value)
  else waiter?.reject(new ModuleFault(answer.fault))
}

/** Whose code answers. */
function sectionOf(question: Unasked<Question>): string | undefined {
  switch (question.type) {
    case 'match':
    case 'rest':
      return question.part.section
    case 'describe':
      return question.section.key
    case 'setup':
    case 'nickname':
      return question.key
    case 'stop':
    case 'hello':
      return undefined
  }
}
