import { Worker } from 'node:worker_threads'
import type { Logger } from '../log.js'
import type { MessageContext, Next } from '../plugin.js'
import { LineQuota } from './bounds.js'
import type { PluginLimits } from './limits.js'
import type { Call, ContextData, FromWorker, Part, ToWorker } from './messages.js'
import { ModuleFault, type FaultData } from './module-fault.js'
import { sentenceOf } from './sentence.js'
import { ThreadDrafts } from './thread-drafts.js'

/** The worker is not there, or too busy to answer: nobody's failure but its own. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly kind = 'worker'
}

export interface ThreadOptions {
  /** For the log: `shared`, or the section it belongs to. */
  name: string
  log: Logger
  limits: PluginLimits
  /** Called once, whatever ended it. @param atWork Keys of the sections that had not answered. */
  gone: (reason: Error, atWork: ReadonlySet<string>) => void
}

interface Waiter {
  /** Key of the section that is to answer. */
  section?: string
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

interface Run extends Waiter {
  ctx: MessageContext
  next: Next
  drafts: ThreadDrafts
}

type Question = Extract<ToWorker, { ask: number }>
type Unasked<Q> = Q extends unknown ? Omit<Q, 'ask'> : never

/** A worker thread cannot load .ts (neither in Node 20 nor under jest): always the compiled file. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/plugins/worker.js' : './worker.js',
  import.meta.url,
)

/** Its nursery: V8 would take 48 MB for what hardly needs any. */
const YOUNG_MB = 8

/** What of one line of a plugin's console goes into the log. */
const CONSOLE_CHARS = 200

/** One life of the plugins' worker, from its start to its end. */
export class Thread {
  readonly #worker: Worker
  readonly #options: ThreadOptions
  readonly #asked = new Map<number, Waiter>()
  readonly #runs = new Map<number, Run>()
  /** Beats from its first word on: how long a thread takes to begin is the machine's affair. */
  #heart: NodeJS.Timeout | undefined
  readonly #exited: Promise<unknown>
  #count = 0
  #missed = 0
  #beating = false
  #dead = false
  #reason: Error | undefined

  constructor(options: ThreadOptions) {
    this.#options = options
    const { heapMb } = options.limits
    this.#worker = new Worker(workerUrl, {
      name: 'plugins',
      argv: [],
      execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    this.#exited = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (message: FromWorker) => this.#take(message))
    this.#worker.on('error', (error: Error) => (this.#reason ??= error))
    this.#worker.once('exit', (code) => this.#exit(new Error(`it ended by itself (${code})`)))
    this.#console('stdout')
    this.#console('stderr')
  }

  /** It let heartbeats pass: what is asked of it now would wait too long. */
  get late(): boolean {
    return this.#missed > 1 // the first may be missed because the server itself was busy
  }

  get dead(): boolean {
    return this.#dead
  }

  /** Asks the worker and waits for its answer. @throws when it is gone or has not answered in time. */
  async ask(question: Unasked<Question>, limit: number): Promise<unknown> {
    const ask = this.#number()
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit)
        const section = 'part' in question ? question.part.section : undefined
        this.#asked.set(ask, { resolve, reject, ...(section !== undefined && { section }) })
        this.#post({ ...question, ask })
      })
    } finally {
      clearTimeout(timer)
      this.#asked.delete(ask)
    }
  }

  /**
   * Takes a message through one part of a plugin.
   * @returns what a command answered.
   * @throws what the plugin threw, `ctx.reject`'s included; the signal's reason when its time is up.
   */
  run(part: Part, ctx: MessageContext, next: Next, context: ContextData): Promise<unknown> {
    const run = this.#number()
    const stop = () => {
      this.#post({ type: 'abort', run, reason: sentenceOf(ctx.signal.reason) })
      this.#runs.get(run)?.reject(ctx.signal.reason)
    }
    const drafts = new ThreadDrafts(ctx, (draft, reason) =>
      this.#post({ type: 'over', run, draft, reason }),
    )
    ctx.signal.addEventListener('abort', stop, { once: true })
    return new Promise((resolve, reject) => {
      this.#runs.set(run, { section: part.section, ctx, next, drafts, resolve, reject })
      this.#post({ type: 'run', run, part, context })
    }).finally(() => {
      ctx.signal.removeEventListener('abort', stop)
      this.#runs.delete(run)
    })
  }

  /** Lets the plugins undo what they did, for as long as they may take, then ends the thread. */
  async close(): Promise<void> {
    await this.ask({ type: 'stop' }, this.#options.limits.cleanup).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'plugins did not stop in time')
    })
    await this.kill(new Error('the server closes'))
  }

  async kill(reason: Error): Promise<void> {
    this.#reason ??= reason
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

  /** Counts beats and not time: when the server itself was busy, the worker is not to blame. */
  #beat(): void {
    if (!this.#beating) {
      this.#beating = true
      return this.#post({ type: 'ping' })
    }
    this.#missed += 1
    const { missedBeats, beat } = this.#options.limits
    if (this.#missed !== missedBeats) return
    void this.kill(new Error(`it did not answer for ${missedBeats * beat} ms`))
  }

  #take(message: FromWorker): void {
    this.#heart ??= setInterval(() => this.#beat(), this.#options.limits.beat)
    switch (message.type) {
      case 'pong':
        this.#beating = false
        this.#missed = 0
        return
      case 'log':
        return this.#log(message)
      case 'answer':
        return settle(this.#asked.get(message.ask), message)
      default:
        return this.#serve(message)
    }
  }

  #serve(message: Extract<FromWorker, { run: number }>): void {
    const run = this.#runs.get(message.run)
    if (!run) return // its time was up
    switch (message.type) {
      case 'next':
        return this.#next(run, message)
      case 'call':
        return this.#call(run, message)
      case 'stream':
        return run.drafts.open(message.draft)
      case 'grow':
        return run.drafts.grow(message.draft, message.how, message.text)
      case 'end':
        return this.#end(run, message)
      case 'denied':
        return deny(run, message.sentence)
      case 'failed':
        return run.reject(new ModuleFault(message.fault))
      case 'note':
        return run.ctx.failed(message.kind, message.details)
      case 'done':
        change(run.ctx, message.text)
        return run.resolve(message.value)
    }
  }

  #next({ ctx, next }: Run, { run, call, text }: Extract<FromWorker, { type: 'next' }>): void {
    change(ctx, text)
    const tell = (error?: string) => {
      const { id, at } = ctx.message
      this.#post({ type: 'delivered', run, call, id, at, ...(error !== undefined && { error }) })
    }
    next().then(
      () => tell(),
      (error: unknown) => tell(sentenceOf(error)),
    )
  }

  #call({ ctx }: Run, message: Call): void {
    const { run, call } = message
    answerTo(ctx, message).then(
      (value) => this.#post({ type: 'called', run, call, value }),
      (error: unknown) => this.#post({ type: 'called', run, call, error: sentenceOf(error) }),
    )
  }

  #end({ drafts }: Run, { run, call, draft, reason }: Extract<FromWorker, { type: 'end' }>): void {
    drafts.end(draft, reason).then(
      () => this.#post({ type: 'called', run, call }),
      (error: unknown) => this.#post({ type: 'called', run, call, error: sentenceOf(error) }),
    )
  }

  #log({ key, level, message, details }: Extract<FromWorker, { type: 'log' }>): void {
    const about = { plugin: key, ...(details && { details }) }
    this.#options.log[level](about, message.slice(0, CONSOLE_CHARS))
  }

  #console(stream: 'stdout' | 'stderr'): void {
    const quota = new LineQuota()
    this.#worker[stream].setEncoding('utf8').on('data', (chunk: string) => {
      for (const line of chunk.split('\n').filter((line) => line.trim() !== '')) {
        const leftOut = quota.take()
        if (leftOut === undefined) continue
        const about = { [stream]: line.slice(0, CONSOLE_CHARS), ...(leftOut > 0 && { leftOut }) }
        this.#options.log.info(about, 'plugin console')
      }
    })
  }

  #exit(otherwise: Error): void {
    clearInterval(this.#heart)
    this.#dead = true
    const reason = this.#reason ?? otherwise
    const ended = new Error(`the plugins' worker ended: ${reason.message}`, { cause: reason })
    const error = Object.assign(ended, { kind: 'worker' })
    const waiting = [...this.#asked.values(), ...this.#runs.values()]
    for (const waiter of waiting) waiter.reject(error)
    this.#options.gone(reason, new Set(waiting.flatMap(({ section = [] }) => section)))
  }
}

function settle(waiter: Waiter | undefined, answer: { value?: unknown; fault?: FaultData }): void {
  if (answer.fault === undefined) waiter?.resolve(answer.value)
  else waiter?.reject(new ModuleFault(answer.fault))
}

/** A changed text; what cannot take it (a bot's frozen copy, after `next()`) has said so in the worker. */
function change({ message }: MessageContext, text: string): void {
  if (text === message.text || Object.isFrozen(message)) return
  try {
    message.text = text
  } catch {
    // the message is on its way already
  }
}

function deny({ ctx, reject }: Run, sentence: string): void {
  try {
    ctx.reject(sentence)
  } catch (error) {
    reject(error)
  }
}

async function answerTo(ctx: MessageContext, call: Call): Promise<unknown> {
  switch (call.what) {
    case 'members':
      return ctx.room.members()
    case 'history':
      return ctx.room.history(call.arg)
    case 'reply':
      return ctx.reply(call.arg.text, call.arg.options)
    case 'edit':
      return ctx.edit(call.arg.id, call.arg.text, call.arg.options)
    case 'recall':
      return ctx.recall(call.arg)
    case 'answers':
      return ctx.answers(call.arg)
    case 'answer':
      return ctx.answer(call.arg.id, call.arg.choices)
    case 'mute':
      return ctx.mute(call.arg)
    case 'typing':
      return ctx.typing()
    case 'get':
      return ctx.store.get(call.arg)
    case 'set':
      return ctx.store.set(call.arg.key, JSON.parse(call.arg.value))
    case 'delete':
      return ctx.store.delete(call.arg)
    case 'list':
      return ctx.store.list(call.arg)
  }
}
