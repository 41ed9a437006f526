import { Circuit } from '../bots/circuit.js'
import type { BotDefinition } from '../bots/bots.js'
import type { Command, RoomChain } from '../chat/face.js'
import { formatDuration } from '../config/duration.js'
import type { Section } from '../config/sections.js'
import type { Lang } from '../i18n/index.js'
import { createChain } from './chain.js'
import { guardedCommand } from './command.js'
import { sectionName } from './fault.js'
import type { Step } from './guard.js'
import type { PluginLimits } from './limits.js'
import { freeNickname } from './nickname.js'
import type { Parts } from './parts.js'
import { Speaker, type Door } from './speaker.js'
import { Workshop, type Loaded, type PluginDeps } from './workshop.js'

export type { PluginDeps }

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
      streams: parts.bots.some(({ options }) => options.streams === true),
      commands: commandsOfBot(parts),
      ...leavesOf(parts),
      ...(parts.up && { up: parts.up }),
    },
  ]
}

/** Where its middleware tell what they hear; one that does not say makes it unknown. */
function leavesOf({ bots }: Parts): Pick<BotDefinition, 'leaves'> {
  const leaves = bots.map(({ options }) => options.leaves)
  return leaves.every((each) => each !== undefined) ? { leaves: leaves.flat() } : {}
}

const commandsOfBot = ({ bots, commands }: Parts): string[] => [
  ...new Set([
    ...commands.map(({ name }) => name),
    ...bots.flatMap(({ options }) => options.commands ?? []),
  ]),
]

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
