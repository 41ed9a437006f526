import type { Match } from '../bots/wakes.js'
import type { Logger } from '../log.js'
import type { Field, MessageContext, Middleware, Next } from '../plugin.js'
import type { PluginLimits } from './limits.js'
import type { Description, Manifest, Part, WorkerSection } from './messages.js'
import { Thread, Unavailable } from './thread.js'

export interface WorkerHostOptions {
  /** For the log: `shared`, or the section whose own worker it is. */
  name: string
  log: Logger
  limits: PluginLimits
  /** It is for one plugin alone: what ends its worker is that plugin. */
  alone?: boolean
  /** Told when a worker ended that was in service. */
  trouble?: (trouble: Trouble) => void
}

/** A worker ended: by these plugins, if it is sure, or else by one of them. */
export interface Trouble {
  sections: readonly WorkerSection[]
  sure: boolean
  reason: Error
}

interface Placed {
  section: WorkerSection
  /** Set once it was set up. */
  config?: Record<string, unknown>
}

/** A worker that lived this long is not failing at its start. */
const STABLE_MS = 60_000

/**
 * Keeps users' plugins running in a worker thread: starts it, starts it again when it died, and sets its
 * plugins up as they were. Messages do not wait meanwhile. Those that were at work when it died get a worker
 * each: if one of them did it, it can do it to itself alone, and is known by it.
 */
export class WorkerHost {
  readonly #options: WorkerHostOptions
  readonly #log: Logger
  readonly #placed = new Map<string, Placed>()
  /** Plugins that have a worker of their own now. */
  readonly #apart = new Map<string, WorkerHost>()
  /** Plugins that did not start again. */
  readonly #off = new Set<string>()
  /** The thread with all its plugins, once it is so. */
  #up: Promise<Thread> | undefined
  #thread: Thread | undefined
  #ready: Thread | undefined
  #serving = false
  #closed = false
  #deaths = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: WorkerHostOptions) {
    this.#log = options.log
    this.#options = { ...options, log: options.log.child({ worker: options.name }) }
  }

  /** Loads a module. @returns its settings' schema. @throws why it cannot be loaded. */
  async describe(section: WorkerSection): Promise<Record<string, Field>> {
    const thread = await this.#started()
    const { config, text } = await describe(thread, section, this.#options.limits)
    this.#placed.set(section.key, { section: { ...section, text } })
    return config
  }

  /** Sets a described plugin up. @throws why it cannot. */
  async setUp(key: string, config: Record<string, unknown>): Promise<Manifest> {
    const placed = this.#placed.get(key)
    try {
      const thread = await this.#started()
      const manifest = await setUp(thread, key, config, this.#options.limits)
      if (placed) placed.config = config
      return manifest
    } catch (error) {
      await this.forget(key)
      throw error
    }
  }

  /** Takes a plugin away, set up or not: it is stopped, and does not come again with another thread. */
  async forget(key: string): Promise<void> {
    const own = this.#apart.get(key)
    if (own) {
      this.#apart.delete(key)
      return own.close()
    }
    this.#off.delete(key)
    if (!this.#placed.delete(key) || !this.#ready) return
    const { log, limits } = this.#options
    await this.#ready.ask({ type: 'stop', key }, limits.cleanup).catch((error: unknown) => {
      log.warn({ err: error, plugin: key }, 'plugin did not stop in time')
    })
  }

  /** From now on a dead worker is started again by itself. */
  serve(): void {
    this.#serving = true
    if (!this.#ready && this.#placed.size > 0) this.#startLater()
  }

  /** Where a plugin is now. @throws {Unavailable} while its worker is not there, or does not answer. */
  threadOf(key: string): Thread {
    return this.#hostOf(key).#now()
  }

  /** A part of a bot as middleware of ours. Nobody waits for a bot, so a bot can wait for its worker. */
  bot(part: Part): Middleware {
    return async (ctx, next) => {
      const thread = await this.#hostOf(part.section).#wait(ctx.signal)
      return thread.run(part, ctx, next)
    }
  }

  /** A command's part: what it answers. */
  command(part: Part): (ctx: MessageContext) => Promise<unknown> {
    const next: Next = async () => undefined
    return async (ctx) => this.threadOf(part.section).run(part, ctx, next)
  }

  /**
   * Whether one of a bot's expressions matches a text.
   * @throws when it takes too long; then the worker ends, or it would be busy with it for ever.
   */
  async match(part: Part, text: string): Promise<Match | undefined> {
    const thread = this.#hostOf(part.section).#now()
    return (await thread.ask({ type: 'match', part, text }, this.#options.limits.own)) as Match
  }

  /**
   * A nickname of a generator in the worker. It cannot ask us in the middle of its work which names are
   * taken: it is told those that it came up with before.
   */
  async nickname(
    key: string,
    index: number,
    ask: { lang: 'zh-CN' | 'en'; taken: (name: string) => boolean },
  ): Promise<string> {
    const taken: string[] = []
    while (taken.length < 20) {
      const question = { type: 'nickname' as const, key, index, lang: ask.lang, taken }
      const name = await this.#hostOf(key).#now().ask(question, this.#options.limits.nickname)
      if (typeof name !== 'string') throw new TypeError('a nickname must be a string')
      if (!ask.taken(name)) return name
      taken.push(name)
    }
    throw new Error('20 nicknames of this plugin in a row are taken')
  }

  /** Whether this plugin is there and its worker answers. */
  runs(key: string): boolean {
    const own = this.#apart.get(key)
    if (own) return own.runs(key)
    return this.#ready !== undefined && !this.#ready.late && !this.#off.has(key)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await Promise.all([
      this.#thread?.close(),
      ...[...this.#apart.values()].map((own) => own.close()),
    ])
  }

  #hostOf(key: string): WorkerHost {
    return this.#apart.get(key) ?? this
  }

  #now(): Thread {
    if (this.#ready && !this.#ready.late && !this.#ready.dead) return this.#ready
    throw new Unavailable("the plugins' worker does not answer")
  }

  async #wait(signal: AbortSignal): Promise<Thread> {
    signal.throwIfAborted()
    if (this.#ready) return this.#ready
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      this.#started().then(resolve, reject)
    })
  }

  #started(): Promise<Thread> {
    return (this.#up ??= this.#start())
  }

  async #start(): Promise<Thread> {
    if (this.#closed) throw new Unavailable('the server closes')
    const born = performance.now()
    const thread = new Thread({
      ...this.#options,
      gone: (reason, atWork) => {
        if (performance.now() - born > STABLE_MS) this.#deaths = 0
        this.#gone(reason, atWork)
      },
    })
    this.#thread = thread
    for (const placed of this.#placed.values()) await this.#replay(thread, placed)
    if (thread.dead) throw new Unavailable("the plugins' worker ended while it started")
    return (this.#ready = thread)
  }

  /** A plugin that does not come up again stays off; its messages go on without it. */
  async #replay(thread: Thread, { section, config }: Placed): Promise<void> {
    const { log, limits } = this.#options
    try {
      await describe(thread, section, limits)
      if (config) await setUp(thread, section.key, config, limits)
      this.#off.delete(section.key)
    } catch (error) {
      this.#off.add(section.key)
      log.error({ err: error, plugin: section.key }, 'plugin did not start again: it is off')
    }
  }

  #gone(reason: Error, atWork: ReadonlySet<string>): void {
    const served = this.#ready !== undefined
    this.#ready = undefined
    this.#thread = undefined
    this.#up = undefined
    if (this.#closed) return
    this.#options.log.warn({ reason: reason.message }, "the plugins' worker ended")
    if (!this.#serving) return
    if (served) this.#judge(reason, atWork)
    if (this.#placed.size > 0) this.#startLater()
  }

  /** Says whose doing it was, or sees to it that it will be known the next time. */
  #judge(reason: Error, atWork: ReadonlySet<string>): void {
    const all = [...this.#placed.values()]
    const sure = this.#options.alone === true || all.length === 1
    const seen = all.filter(({ section }) => atWork.has(section.key))
    const suspects = sure || seen.length === 0 ? all : seen
    if (!sure) for (const one of suspects) this.#setApart(one)
    this.#options.trouble?.({ sections: suspects.map(({ section }) => section), sure, reason })
  }

  #setApart(placed: Placed): void {
    const { key } = placed.section
    const { log: _, ...options } = this.#options
    const own = new WorkerHost({ ...options, log: this.#log, name: key, alone: true })
    own.#placed.set(key, placed)
    this.#placed.delete(key)
    this.#apart.set(key, own)
    own.serve()
  }

  /** After a pause, so that a worker that dies at once does not keep the machine busy. */
  #startLater(): void {
    const { restart, restartMost } = this.#options.limits
    const pause = Math.min(restart * 2 ** this.#deaths, restartMost)
    this.#deaths += 1
    this.#up = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, pause)
    }).then(() => this.#start())
    this.#up.then(
      () => this.#options.log.info("the plugins' worker is up again"),
      (error: unknown) => this.#options.log.warn({ err: error }, "the plugins' worker is down"),
    )
  }
}

async function describe(
  thread: Thread,
  section: WorkerSection,
  { setup }: PluginLimits,
): Promise<Description> {
  return (await thread.ask({ type: 'describe', section }, setup)) as Description
}

async function setUp(
  thread: Thread,
  key: string,
  config: Record<string, unknown>,
  { setup }: PluginLimits,
): Promise<Manifest> {
  return (await thread.ask({ type: 'setup', key, config }, setup)) as Manifest
}
