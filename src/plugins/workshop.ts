import type { Section } from '../config/sections.js'
import { Exit, StartError } from '../errors.js'
import { systemLang, type Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { PluginLog } from '../plugin.js'
import { builtins } from './builtin.js'
import { readSectionKeys, withoutOwn, type SectionKeys } from './section-keys.js'
import { SectionFault, sectionName, type FaultPlace } from './fault.js'
import { inProcess } from './in-process.js'
import { inWorker } from './in-worker.js'
import { LIMITS, type PluginLimits } from './limits.js'
import type { Parts, Runtime } from './parts.js'
import { reasonOf } from './reason.js'
import { isTypeScript, resolvePlugin } from './resolve.js'
import { COMMON, readSettings, unknownKeys } from './settings.js'
import { WorkerHost } from './worker-host.js'

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

/** What is in hand while plugins are loaded, and is closed with them. */
export class Workshop {
  readonly log: Logger
  readonly limits: PluginLimits
  readonly #deps: PluginDeps
  readonly #place: FaultPlace
  readonly #hosts = new Map<string, WorkerHost>()
  readonly #stops: (() => Promise<void>)[] = []

  constructor(deps: PluginDeps) {
    const { configFile, lang = systemLang() } = deps
    this.#deps = deps
    this.log = deps.log
    this.limits = { ...LIMITS, ...deps.limits }
    this.#place = configFile === undefined ? { lang } : { lang, configFile }
  }

  /** Loads all modules and reads all settings. */
  async prepare(sections: readonly Section[]): Promise<Prepared[]> {
    const faults: string[] = []
    const prepared: Prepared[] = []
    for (const section of sections) {
      const common = readSectionKeys(section)
      const runtime = await this.#try(section, common, 'notLoaded', faults, () =>
        this.#load(section, common),
      )
      if (!runtime) continue
      const config = this.#settings(section, runtime, faults)
      prepared.push({ section, common: withoutOwn(common, runtime.schema), runtime, config })
    }
    if (faults.length > 0) throw new StartError(faults, Exit.config)
    return prepared
  }

  /** Sets them up in their order; from then on their workers are kept alive. */
  async setUp(prepared: readonly Prepared[]): Promise<Loaded[]> {
    const faults: string[] = []
    const loaded: Loaded[] = []
    for (const { section, common, runtime, config } of prepared) {
      const parts = await this.#try(section, common, 'notStarted', faults, async () => {
        const parts = await runtime.setUp(config)
        if (parts.stop) this.#stops.push(parts.stop)
        if (section.kind === 'bot' && parts.bots.length === 0) this.#noBot(section)
        return parts
      })
      if (parts) loaded.push({ section, common, runtime, parts })
    }
    if (faults.length > 0) throw new StartError(faults, Exit.config)
    for (const host of this.#hosts.values()) host.serve()
    return loaded
  }

  /** The log as a plugin sees it. */
  pluginLog(section: Section): PluginLog {
    const log = this.log.child({ plugin: sectionName(section) })
    const write = (level: keyof PluginLog) => (message: string, details?: object) =>
      log[level](details ? { details } : {}, message.slice(0, 200))
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    }
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop()
    await Promise.all([...this.#hosts.values()].map((host) => host.close()))
  }

  async #load(section: Section, common: SectionKeys): Promise<Runtime> {
    const known = this.#deps.builtins ?? builtins
    const { dataDir } = this.#deps
    const names = Object.keys(known)
    const found = resolvePlugin(section, { ...this.#place, dataDir, builtins: names })
    const here = { log: this.pluginLog(section), limits: this.limits }
    if ('builtin' in found) {
      const module = await known[found.builtin]?.()
      return inProcess(module, section, { ...here, where: 'built-in' })
    }
    this.log.info({ plugin: sectionName(section), file: found.file }, 'plugin is loaded')
    if (common.isolate === 'none') {
      if (isTypeScript(found.file)) throw new SectionFault('noTypeScript', section, this.#place)
      return inProcess(await import(found.url), section, { ...here, where: 'in-process' })
    }
    const host = this.#host(common.isolate === 'own' ? sectionName(section) : 'shared')
    const where = common.isolate === 'own' ? 'own worker' : 'worker'
    return inWorker(found.file, section, { host, where })
  }

  #host(name: string): WorkerHost {
    const known = this.#hosts.get(name)
    if (known) return known
    const host = new WorkerHost({ name, log: this.log, limits: this.limits })
    this.#hosts.set(name, host)
    return host
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

  #noBot(section: Section): never {
    throw new SectionFault('noBot', section, this.#place)
  }
}
