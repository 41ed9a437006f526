import { LOG_CHARS, logDetails } from '../log-line.js'
import type { Section } from '../../config/sections.js'
import { Exit, StartError } from '../../errors.js'
import { systemLang, type Lang, type Sentence } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { Hear, PluginLog } from '../../plugin.js'
import { builtins } from '../builtin/builtin.js'
import { readSectionKeys, withoutOwn, type SectionKeys } from './section-keys.js'
import { SectionFault, sectionName, type FaultPlace } from './fault.js'
import { inProcess } from './in-process.js'
import { inWorker } from '../worker/in-worker.js'
import { LIMITS, type PluginLimits } from '../limits.js'
import type { Parts, Runtime } from './parts.js'
import { reasonOf } from './reason.js'
import { isTypeScript, resolvePlugin } from './resolve.js'
import { COMMON, readSettings, unknownKeys } from './settings.js'
import { troubleOf } from '../worker/trouble.js'
import { WorkerHost, type Trouble } from '../worker/worker-host.js'

/** What plugins are loaded with. */
export interface PluginDeps {
  /** Paths and packages are looked for beside it. */
  configFile?: string
  /** Where they are looked for without a config file. */
  dataDir: string
  log: Logger
  /** Of the faults; by the environment if it is not given. */
  lang?: Lang
  limits?: Partial<PluginLimits>
  /** What `use` finds without looking at the disk. */
  builtins?: Readonly<Record<string, () => Promise<unknown>>>
  /** What a bot hears that is a function alone. */
  hear?: Hear
  /** Names of commands that the server answers itself: a plugin's of the same name is never called. */
  reserved?: readonly string[]
  /** Told, for the host, when a worker ended: the names of the sections that may have done it, and a sentence. */
  trouble?: (names: readonly string[], sentence: Sentence) => void
}

/** A section whose module is loaded and whose settings are right. */
export interface Prepared {
  section: Section
  common: SectionKeys
  runtime: Runtime
  config: Record<string, unknown>
}

/** A section whose plugin is set up. */
export interface Loaded extends Omit<Prepared, 'config'> {
  parts: Parts
}

export interface BringOptions {
  /** What a bot hears that is a function alone. */
  hear?: Hear
}

/** What is in hand while plugins are loaded, and is closed with them. */
export class Workshop {
  readonly log: Logger
  readonly limits: PluginLimits
  /** Of commands that the server answers itself. */
  readonly reserved: readonly string[]
  readonly #deps: PluginDeps
  readonly #place: FaultPlace
  readonly #hosts = new Map<string, WorkerHost>()
  /** In the order in which they were set up. */
  readonly #running = new Set<Loaded>()
  /** How often a section was loaded: each time is a version of its own. */
  readonly #versions = new Map<string, number>()

  constructor(deps: PluginDeps) {
    const { configFile, lang = systemLang() } = deps
    this.#deps = deps
    this.log = deps.log
    this.limits = { ...LIMITS, ...deps.limits }
    this.reserved = deps.reserved ?? []
    this.#place = configFile === undefined ? { lang } : { lang, configFile }
  }

  /** Loads all modules and reads all settings. */
  async prepare(sections: readonly Section[]): Promise<Prepared[]> {
    const faults: string[] = []
    const prepared: Prepared[] = []
    for (const section of sections) {
      const common = readSectionKeys(section)
      const made = await this.#try(section, common, 'notLoaded', faults, () =>
        this.#prepare(section, common, faults),
      )
      if (made) prepared.push(made)
    }
    if (faults.length > 0) throw new StartError(faults, Exit.config)
    return prepared
  }

  /** Sets them up in their order; from then on their workers are kept alive. */
  async setUp(prepared: readonly Prepared[]): Promise<Loaded[]> {
    const faults: string[] = []
    const loaded: Loaded[] = []
    for (const one of prepared) {
      const { section, common } = one
      const up = await this.#try(section, common, 'notStarted', faults, async () => {
        const up = await this.#setUp(one)
        if (section.kind === 'bot' && up.parts.bots.length === 0)
          throw new SectionFault('noBot', section, this.#place)
        return up
      })
      if (up) loaded.push(up)
    }
    if (faults.length > 0) throw new StartError(faults, Exit.config)
    this.#serve()
    return loaded
  }

  /**
   * Loads one more, or another version of one that runs on.
   * @throws {StartError} with its faults, {@link ModuleFault}, or what else it throws.
   */
  async bring(section: Section, options: BringOptions = {}): Promise<Loaded> {
    const faults: string[] = []
    const prepared = await this.#prepare(section, readSectionKeys(section), faults, options)
    try {
      if (faults.length > 0) throw new StartError(faults, Exit.config)
      return await this.#setUp(prepared)
    } catch (error) {
      await prepared.runtime.release()
      throw error
    } finally {
      this.#serve()
    }
  }

  /** Undoes what a plugin did; a worker that it had for itself ends. */
  async takeAway(loaded: Loaded): Promise<void> {
    if (!this.#running.delete(loaded)) return
    await loaded.parts.stop()
    await loaded.runtime.release()
  }

  /** The log as a plugin sees it. */
  pluginLog(section: Section): PluginLog {
    const log = this.log.child({ plugin: sectionName(section) })
    const write = (level: keyof PluginLog) => (message: string, details?: object) =>
      log[level](logDetails(details), message.slice(0, LOG_CHARS))
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    }
  }

  async close(): Promise<void> {
    // Those of a worker stop together, in the time that one of them may take.
    for (const { runtime, parts } of [...this.#running].toReversed()) {
      if (!runtime.where.endsWith('worker')) await parts.stop()
    }
    await Promise.all([...this.#hosts.values()].map((host) => host.close()))
  }

  async #prepare(
    section: Section,
    common: SectionKeys,
    faults: string[],
    how: BringOptions = {},
  ): Promise<Prepared> {
    const { hear } = this.#deps
    const heard = { ...(hear && { hear }), ...how }
    const runtime = await this.#load(section, common, this.#newKey(section), heard)
    const config = this.#settings(section, runtime, faults)
    return { section, common: withoutOwn(common, runtime.schema), runtime, config }
  }

  async #setUp({ config, ...prepared }: Prepared): Promise<Loaded> {
    const loaded = { ...prepared, parts: await prepared.runtime.setUp(config) }
    this.#running.add(loaded)
    return loaded
  }

  #serve(): void {
    for (const host of this.#hosts.values()) host.serve()
  }

  #newKey(section: Section): string {
    const name = sectionName(section)
    const version = (this.#versions.get(name) ?? 0) + 1
    this.#versions.set(name, version)
    return version === 1 ? name : `${name}#${version}`
  }

  async #load(
    section: Section,
    common: SectionKeys,
    key: string,
    how: BringOptions,
  ): Promise<Runtime> {
    const known = this.#deps.builtins ?? builtins
    const { dataDir } = this.#deps
    const names = Object.keys(known)
    const found = resolvePlugin(section, { ...this.#place, dataDir, builtins: names })
    const here = { log: this.pluginLog(section), limits: this.limits, ...how }
    if ('builtin' in found) {
      const module = await known[found.builtin]?.()
      return inProcess(module, section, { ...here, where: 'built-in' })
    }
    this.log.info({ plugin: sectionName(section), file: found.file }, 'plugin is loaded')
    if (common.isolate === 'none') {
      if (isTypeScript(found.file)) throw new SectionFault('noTypeScript', section, this.#place)
      return inProcess(await import(found.url), section, { ...here, where: 'in-process' })
    }
    if (common.isolate !== 'own') {
      return inWorker(found.file, section, {
        host: this.#host('shared'),
        limits: this.limits,
        where: 'worker',
        key,
        ...how,
      })
    }
    return this.#inOwnWorker(found.file, section, { key, ...how })
  }

  /** It ends with the plugin. */
  async #inOwnWorker(
    file: string,
    section: Section,
    how: { key: string } & BringOptions,
  ): Promise<Runtime> {
    const { key } = how
    const host = this.#host(key)
    const release = async () => {
      this.#hosts.delete(key)
      await host.close()
    }
    try {
      return {
        ...(await inWorker(file, section, {
          host,
          limits: this.limits,
          where: 'own worker',
          ...how,
        })),
        release,
      }
    } catch (error) {
      await release()
      throw error
    }
  }

  #host(name: string): WorkerHost {
    const known = this.#hosts.get(name)
    if (known) return known
    const alone = name !== 'shared'
    const trouble = (what: Trouble) => this.#tell(what)
    const host = new WorkerHost({ name, alone, log: this.log, limits: this.limits, trouble })
    this.#hosts.set(name, host)
    return host
  }

  #tell(trouble: Trouble): void {
    const plugins = trouble.sections.map(({ key }) => key)
    this.log.error({ plugins, sure: trouble.sure }, 'a plugin ended its worker')
    this.#deps.trouble?.(
      trouble.sections.map(({ name }) => name),
      (lang) => troubleOf(trouble, lang),
    )
  }

  #settings(section: Section, { schema }: Runtime, faults: string[]): Record<string, unknown> {
    const own = Object.keys(schema)
    const common = Object.entries(COMMON).filter(([key]) => !own.includes(key))
    const place = { ...this.#place, faults }
    faults.push(...unknownKeys(section, schema, this.#place))
    readSettings(section, Object.fromEntries(common), place)
    return readSettings(section, schema, place)
  }

  /** What fails becomes a fault, or a warning if the host can do without. */
  async #try<T>(
    section: Section,
    { required }: SectionKeys,
    kind: 'notLoaded' | 'notStarted',
    faults: string[],
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      const reason = reasonOf(error, this.#place.lang)
      const fault =
        error instanceof SectionFault
          ? error
          : new SectionFault(kind, section, this.#place, { reason })
      if (required) faults.push(fault.message)
      else this.log.warn({ plugin: sectionName(section) }, fault.message)
    }
  }
}
