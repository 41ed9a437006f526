import { Circuit } from '../bots/circuit.js'
import type { BotDefinition } from '../bots/bots.js'
import type { Command, RoomChain } from '../chat/face.js'
import { formatDuration } from '../config/duration.js'
import type { Section } from '../config/sections.js'
import { Exit, StartError } from '../errors.js'
import { systemLang, type Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Hear, PluginLog } from '../plugin.js'
import { builtins } from './builtin.js'
import { createChain } from './chain.js'
import { guardedCommand } from './command.js'
import { SectionFault, sectionName, type FaultPlace } from './fault.js'
import type { Step } from './guard.js'
import { inProcess } from './in-process.js'
import { inWorker } from './in-worker.js'
import { LIMITS, type PluginLimits } from './limits.js'
import { freeNickname } from './nickname.js'
import type { Parts, Runtime } from './parts.js'
import { resolvePlugin } from './resolve.js'
import { sentenceOf } from './sentence.js'
import { COMMON, readSettings, unknownKeys } from './settings.js'
import { Speaker, type Door } from './speaker.js'
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

export interface Plugins {
  chain: RoomChain
  /** In the order of the sections. */
  bots: BotDefinition[]
  /** A free nickname. Never rejects. */
  nickname(lang: Lang, taken: (name: string) => boolean): Promise<string>
  /** By name, without the slash, in lower case. */
  commands: ReadonlyMap<string, Command>
  /** A line each, in the order in which a message meets them. */
  steps: string[]
  /** From now on plugins can reply: each as a bot named after its section. */
  open(door: Door): void
  /** Stops and undoes what they did, last first. */
  close(): Promise<void>
}

/**
 * Loads the plugins and bots of the configuration, checks their settings and sets them up, in the order
 * of their sections.
 * @throws {StartError} with exit code 78 and a sentence for each fault of each section.
 */
export async function loadPlugins(
  sections: readonly Section[],
  deps: PluginDeps,
): Promise<Plugins> {
  const workshop = new Workshop(deps)
  try {
    const prepared = await workshop.prepare(sections)
    const loaded = await workshop.setUp(prepared)
    return assemble(loaded, workshop)
  } catch (error) {
    await workshop.close()
    throw error
  }
}

interface Prepared {
  section: Section
  common: Common
  runtime: Runtime
  config: Record<string, unknown>
}

interface Loaded extends Omit<Prepared, 'config'> {
  parts: Parts
}

/** What is in hand while plugins are loaded, and is closed with them. */
class Workshop {
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
      const common = readCommon(section)
      const runtime = await this.#try(section, common, 'notLoaded', faults, () =>
        this.#load(section, common),
      )
      if (!runtime) continue
      const config = this.#settings(section, runtime, faults)
      prepared.push({ section, common, runtime, config })
    }
    if (faults.length > 0) throw new StartError(faults, Exit.config)
    return prepared
  }

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

  async #load(section: Section, common: Common): Promise<Runtime> {
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
      return inProcess(await import(found.url), section, { ...here, where: 'in-process' })
    }
    const host = this.#host(common.isolate === 'own' ? sectionName(section) : 'shared')
    const where = common.isolate === 'own' ? 'own worker' : 'worker'
    return inWorker(found.url, section, { host, where })
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
    { required }: Common,
    kind: 'notLoaded' | 'notStarted',
    faults: string[],
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      const reason = sentenceOf(error)
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

/** What a section may say whatever its plugin is. */
interface Common {
  required: boolean
  isolate: unknown
  hear?: Hear
  hearBots?: boolean
  aliases?: readonly string[]
  timeout?: number
}

/** Wrong values are left out here; they are told with the plugin's own settings. */
function readCommon(section: Section): Common {
  const read = readSettings(section, COMMON, { lang: 'en', faults: [] })
  const { hear, alias, hear_bots, timeout } = read
  return {
    required: read['required'] !== false,
    isolate: read['isolate'],
    ...(isHear(hear) && { hear }),
    ...(typeof hear_bots === 'boolean' && { hearBots: hear_bots }),
    ...(Array.isArray(alias) && { aliases: alias.map(String) }),
    ...(typeof timeout === 'number' && { timeout }),
  }
}

const isHear = (value: unknown): value is Hear =>
  value === 'auto' || value === 'mention' || value === 'command' || value === 'all'

function assemble(loaded: readonly Loaded[], workshop: Workshop): Plugins {
  const { log, limits } = workshop
  const speaker = new Speaker(log)
  const generators = loaded.flatMap(({ parts }) => parts.nicknames)
  const chain = createChain({
    steps: loaded.flatMap((plugin) => stepsOf(plugin, workshop)),
    speaker,
  })

  return {
    chain,
    bots: loaded.flatMap((plugin) => botOf(plugin, workshop)),
    nickname: (lang, taken) =>
      freeNickname(generators, { lang, taken }, { limit: limits.nickname, log }),
    commands: commandsOf(loaded, speaker, workshop),
    steps: loaded.map((plugin) => describe(plugin, limits)),
    open: (door) => speaker.open(door),
    async close() {
      await chain.close()
      await workshop.close()
    },
  }
}

function stepsOf({ section, common, parts }: Loaded, workshop: Workshop): Step[] {
  const { log, limits } = workshop
  return parts.middleware.map(({ run, timeout }) => ({
    name: section.name,
    rooms: section.rooms,
    run,
    timeout: common.timeout ?? timeout ?? limits.own,
    circuit: new Circuit({ failures: limits.failures, openMs: limits.rest }),
    pluginLog: workshop.pluginLog(section),
    log: log.child({ plugin: sectionName(section) }),
  }))
}

/** A section makes one bot, however many middleware it has for it. What the host wrote wins. */
function botOf({ section, common, parts }: Loaded, workshop: Workshop): BotDefinition[] {
  const [first] = parts.bots
  if (!first) return []
  const { options } = first
  return [
    {
      name: section.name,
      aliases: common.aliases ?? options.aliases ?? [],
      rooms: section.rooms,
      hear: common.hear ?? options.hear ?? 'auto',
      hearBots: common.hearBots ?? options.hearBots ?? false,
      timeout: common.timeout ?? options.timeout ?? workshop.limits.bot,
      chain: parts.bots.map(({ run }) => run),
      log: workshop.pluginLog(section),
    },
  ]
}

/** Of two commands of one name the first section's holds. */
function commandsOf(
  loaded: readonly Loaded[],
  speaker: Speaker,
  workshop: Workshop,
): Map<string, Command> {
  const { limits } = workshop
  const commands = new Map<string, Command>()
  for (const { section, common, parts } of loaded) {
    const log = workshop.log.child({ plugin: sectionName(section) })
    for (const command of parts.commands) {
      if (commands.has(command.name)) {
        log.warn({ command: command.name }, 'another plugin has this command already')
        continue
      }
      const guarded = guardedCommand(command, {
        section: section.name,
        timeout: common.timeout ?? limits.command,
        circuit: new Circuit({ failures: limits.failures, openMs: limits.rest }),
        speaker,
        pluginLog: workshop.pluginLog(section),
        log,
      })
      commands.set(command.name, guarded)
    }
  }
  return commands
}

/** `plugin:filter (worker, 2s)` */
function describe(plugin: Loaded, limits: PluginLimits): string {
  const { section, common, runtime, parts } = plugin
  const own = parts.middleware.map(({ timeout }) => common.timeout ?? timeout ?? limits.own)
  const names = parts.commands.map(({ name }) => `/${name}`)
  const about = [
    runtime.where,
    ...(own.length > 0 ? [formatDuration(Math.max(...own))] : []),
    ...(parts.nicknames.length > 0 ? ['nickname'] : []),
    ...names,
    ...(parts.bots.length > 0 ? ['answers after delivery'] : []),
  ]
  return `${sectionName(section)} (${about.join(', ')})`
}
