import type { Logger } from '../../log.js'
import type { Field } from '../../plugin.js'
import type { PluginLimits } from '../limits.js'
import { Loading } from './loading.js'
import type { Description, Manifest, WorkerSection } from './messages.js'
import { ruleFault } from '../module/module-fault.js'
import { Supervisor } from './supervisor.js'
import { NoAnswer, type Thread } from './thread.js'
import { WorkerEnded, type WorkerEnd } from './end.js'

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
  end: WorkerEnd
}

interface Placed {
  section: WorkerSection
  /** Set once it was set up. */
  config?: Record<string, unknown>
}

/**
 * Keeps users' plugins in a worker thread, and sets them up as they were when it had to be started again. Messages
 * do not wait meanwhile. Those that were at work when it died get a worker each: if one of them did it, it can do it
 * to itself alone, and is known by it. The same for one that was just being loaded.
 */
export class WorkerHost {
  readonly #options: WorkerHostOptions
  readonly #log: Logger
  readonly #supervisor: Supervisor
  readonly #loading = new Loading()
  readonly #placed = new Map<string, Placed>()
  /** Plugins that have a worker of their own now. */
  readonly #apart = new Map<string, WorkerHost>()
  /** Plugins that did not start again. */
  readonly #off = new Set<string>()

  constructor(options: WorkerHostOptions) {
    this.#options = options
    this.#log = options.log.child({ worker: options.name })
    this.#supervisor = new Supervisor({
      ...options,
      log: this.#log,
      restore: (thread) => this.#restore(thread),
      ended: (end, atWork) => this.#judge(end, atWork),
      needed: () => this.#placed.size > 0,
    })
  }

  /** Loads a module. @returns its settings' schema. @throws why it cannot be loaded. */
  describe(section: WorkerSection): Promise<Record<string, Field>> {
    return this.#safely(
      section,
      async (thread) => {
        const { config, text } = await describe(thread, section, this.#options.limits)
        this.#placed.set(section.key, { section: { ...section, text } })
        return config
      },
      (own) => own.describe(section),
    )
  }

  /** Sets a described plugin up. @throws why it cannot. */
  async setUp(key: string, config: Record<string, unknown>): Promise<Manifest> {
    const own = this.#apart.get(key)
    if (own) return own.setUp(key, config)
    const placed = this.#placed.get(key)
    if (!placed) throw new Error(`${key} is not loaded`)
    try {
      return await this.#safely(
        placed.section,
        async (thread) => {
          const manifest = await setUp(thread, placed.section, config, this.#options.limits)
          placed.config = config
          return manifest
        },
        async (own) => {
          this.#placed.delete(key)
          await own.describe(placed.section)
          return own.setUp(key, config)
        },
      )
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
    const thread = this.#supervisor.ready
    if (!this.#placed.delete(key) || !thread) return
    const { log, limits } = this.#options
    await thread.ask({ type: 'stop', key }, limits.cleanup).catch((error: unknown) => {
      log.warn({ err: error, plugin: key }, 'plugin did not stop in time')
    })
  }

  /** From now on a dead worker is started again by itself. */
  serve(): void {
    this.#supervisor.serve()
  }

  /** Where a plugin is now. @throws {Unavailable} while its worker is not there, or does not answer. */
  threadOf(key: string): Thread {
    return this.#apart.get(key)?.threadOf(key) ?? this.#supervisor.now()
  }

  /** Where it is as soon as its worker is there. */
  async threadFor(key: string, signal: AbortSignal): Promise<Thread> {
    const own = this.#apart.get(key)
    if (own) return own.threadFor(key, signal)
    signal.throwIfAborted()
    const { ready } = this.#supervisor
    if (ready) return ready
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      this.#supervisor.started().then(resolve, reject)
    })
  }

  /** Whether this plugin is there and its worker answers. */
  runs(key: string): boolean {
    const own = this.#apart.get(key)
    if (own) return own.runs(key)
    const { ready } = this.#supervisor
    return ready !== undefined && !ready.late && !this.#off.has(key)
  }

  async close(): Promise<void> {
    const apart = [...this.#apart.values()]
    await Promise.all([this.#supervisor.close(), ...apart.map((own) => own.close())])
  }

  /** Work that may end the worker: if it does, it is tried once more in a worker of its own. */
  async #safely<T>(
    section: WorkerSection,
    work: (thread: Thread) => Promise<T>,
    alone: (own: WorkerHost) => Promise<T>,
  ): Promise<T> {
    const { limits } = this.#options
    const answers = () => this.#supervisor.ready?.ask({ type: 'hello' }, limits.setup) ?? gone
    try {
      return await this.#loading.take(async () => work(await this.#supervisor.started()), answers)
    } catch (error) {
      if (!(error instanceof WorkerEnded) || this.#options.alone) throw error
    }
    const own = this.#own(section.key)
    try {
      const done = await alone(own)
      own.serve()
      return done
    } catch (error) {
      this.#apart.delete(section.key)
      await own.close()
      throw error
    }
  }

  /** Describes and sets up all as they were. One that does not come up stays off; messages go on without it. */
  async #restore(thread: Thread): Promise<void> {
    const { limits } = this.#options
    for (const { section, config } of this.#placed.values()) {
      try {
        await describe(thread, section, limits)
        if (config) await setUp(thread, section, config, limits)
        this.#off.delete(section.key)
      } catch (error) {
        this.#off.add(section.key)
        this.#log.error(
          { err: error, plugin: section.key },
          'plugin did not start again: it is off',
        )
      }
    }
  }

  /** Says whose doing it was, or sees to it that it will be known the next time. */
  #judge(end: WorkerEnd, atWork: ReadonlySet<string>): void {
    if ([...atWork].some((key) => !this.#placed.get(key)?.config)) return // one was loaded: it will be told
    const all = [...this.#placed.values()]
    const sure = this.#options.alone === true || all.length === 1
    const seen = all.filter(({ section }) => atWork.has(section.key))
    const suspects = sure || seen.length === 0 ? all : seen
    if (!sure) for (const one of suspects) this.#setApart(one)
    this.#options.trouble?.({ sections: suspects.map(({ section }) => section), sure, end })
  }

  #setApart(placed: Placed): void {
    const { key } = placed.section
    this.#placed.delete(key)
    const own = this.#own(key)
    own.#placed.set(key, placed)
    own.serve()
  }

  #own(key: string): WorkerHost {
    const own = new WorkerHost({ ...this.#options, name: key, alone: true })
    this.#apart.set(key, own)
    return own
  }
}

const gone = Promise.resolve()

async function describe(
  thread: Thread,
  section: WorkerSection,
  { setup }: PluginLimits,
): Promise<Description> {
  const described = inTime(thread.ask({ type: 'describe', section }, setup), section)
  return (await described) as Description
}

async function setUp(
  thread: Thread,
  section: WorkerSection,
  config: Record<string, unknown>,
  { setup }: PluginLimits,
): Promise<Manifest> {
  const { key } = section
  return (await inTime(thread.ask({ type: 'setup', key, config }, setup), section)) as Manifest
}

/** @throws {ModuleFault} when it does not come to an end. */
async function inTime(asked: Promise<unknown>, { file }: WorkerSection): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    throw ruleFault('noEnd', { seconds: `${error.limit / 1_000}` }, { file })
  }
}
