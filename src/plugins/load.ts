import { Circuit } from '../bots/circuit.js'
import type { BotDefinition } from '../bots/definition.js'
import type { Commands, RoomChain } from '../chat/face.js'
import { formatDuration } from '../config/duration.js'
import type { Section } from '../config/sections.js'
import type { Lang } from '../i18n/index.js'
import { createChain } from './chain.js'
import { guardedCommand } from './command.js'
import { commandBook, type Chapter } from './command-book.js'
import { definitionOf, menuOf, yieldsTo } from './definition.js'
import { sectionName } from './fault.js'
import type { Step } from './guard.js'
import type { PluginLimits } from './limits.js'
import { freeNickname } from './nickname.js'
import { Speaker, type Door } from './speaker.js'
import { Workshop, type BringOptions, type Loaded, type PluginDeps } from './workshop.js'

export type { PluginDeps }

export interface Plugins {
  chain: RoomChain
  /** In the order of the sections. */
  bots: BotDefinition[]
  /** A free nickname. Never rejects. */
  nickname(lang: Lang, taken: (name: string) => boolean): Promise<string>
  /** As they are now. */
  commands: Commands
  /** A line each, in the order in which a message meets them. */
  steps: string[]
  /** From now on plugins can reply: each as a bot named after its section. */
  open(door: Door): void
  /**
   * Loads one more section, or another version of one that runs on; nothing hears it yet.
   * @throws why it cannot be used.
   */
  bring(section: Section, options?: BringOptions): Promise<Newcomer>
  /** Takes a section out of the chain and its commands away. What it does is undone by `stop`. */
  takeOut(section: Section): Leaver | undefined
  /** Resolves when none is busy with a message on its way. */
  idle(): Promise<void>
  /** Stops and undoes what they did, last first. */
  close(): Promise<void>
}

/** A plugin that is loaded and set up, and waits for its place. */
export interface Newcomer {
  /** Also if it registered none: then it says and hears nothing but its commands. */
  bot: BotDefinition
  /** Takes its place, and that of the version before, which is returned. */
  takePlace(): Leaver | undefined
  /** It is not wanted after all. */
  stop(): Promise<void>
}

/** A plugin that lost its place: what it has taken up may still run. */
export interface Leaver {
  /** Undoes what it did. */
  stop(): Promise<void>
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

/** A loaded section with what is made of it once: what counts its failures stays the same. */
interface Unit extends Chapter {
  loaded: Loaded
  steps: Step[]
}

function assemble(sections: readonly Loaded[], workshop: Workshop): Plugins {
  const { log, limits } = workshop
  const speaker = new Speaker(log)
  const unitOf = (loaded: Loaded): Unit => ({
    loaded,
    section: loaded.section,
    steps: stepsOf(loaded, workshop),
    commands: commandsOf(loaded, speaker, workshop),
    menu: menuOf(loaded.parts),
    yields: yieldsTo(loaded),
  })
  let units = sections.map(unitOf)
  const chain = createChain({ steps: units.flatMap(({ steps }) => steps), speaker })
  let book = commandBook(units)
  tellClashes(units, workshop)

  /** Puts others in the place of those there are; messages on their way go on with the ones they met. */
  const become = (next: Unit[]) => {
    units = next
    chain.become(units.flatMap(({ steps }) => steps))
    book = commandBook(units)
    tellClashes(units, workshop)
  }
  const placeOf = (section: Section) =>
    units.find(({ loaded }) => sectionName(loaded.section) === sectionName(section))
  const leaver = ({ loaded }: Unit): Leaver => ({ stop: () => workshop.takeAway(loaded) })

  return {
    chain,
    bots: units
      .filter(({ loaded }) => loaded.parts.bots.length > 0)
      .map(({ loaded }) => definitionOf(loaded, workshop)),
    nickname: (lang, taken) => {
      const generators = units.flatMap(({ loaded }) => loaded.parts.nicknames)
      return freeNickname(generators, { lang, taken }, { limit: limits.nickname, log })
    },
    commands: {
      get: (name, room) => book.get(name, room),
      list: (room) => book.list(room),
    },
    get steps() {
      return units.map(({ loaded }) => describe(loaded, limits))
    },
    open: (door) => speaker.open(door),

    async bring(section, options) {
      const unit = unitOf(await workshop.bring(section, options))
      return {
        bot: definitionOf(unit.loaded, workshop),
        takePlace() {
          const before = placeOf(section)
          become(before ? units.with(units.indexOf(before), unit) : [...units, unit])
          return before && leaver(before)
        },
        stop: () => workshop.takeAway(unit.loaded),
      }
    },

    takeOut(section) {
      const unit = placeOf(section)
      if (unit) become(units.filter((other) => other !== unit))
      return unit && leaver(unit)
    },

    idle: () => chain.idle(),

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
    moderates: common.moderates,
    rooms: section.rooms,
    run,
    timeout: common.timeout ?? timeout ?? limits.own,
    circuit: new Circuit({ failures: limits.failures, openMs: limits.rest }),
    pluginLog: workshop.pluginLog(section),
    log: log.child({ plugin: sectionName(section) }),
  }))
}

function commandsOf(
  { section, common, parts }: Loaded,
  speaker: Speaker,
  workshop: Workshop,
): Unit['commands'] {
  const { limits } = workshop
  return parts.commands.map(({ run, ...words }) => ({
    ...words,
    command: guardedCommand(
      { ...words, run },
      {
        section: section.name,
        moderates: common.moderates,
        timeout: common.timeout ?? limits.command,
        circuit: new Circuit({ failures: limits.failures, openMs: limits.rest }),
        speaker,
        pluginLog: workshop.pluginLog(section),
        log: workshop.log.child({ plugin: sectionName(section) }),
      },
    ),
  }))
}

/** The later one of a name is not found, and none that the server answers itself. */
function tellClashes(units: readonly Unit[], { log, reserved }: Workshop): void {
  const seen = new Set<string>()
  for (const { section, menu, yields } of units) {
    if (yields) continue // it gives way in silence
    for (const { name, aliases } of menu) {
      const about = { plugin: sectionName(section), command: name }
      if (seen.has(name)) log.warn(about, 'another plugin has this command already')
      seen.add(name)
      const taken = [name, ...aliases].filter((each) => reserved.includes(each))
      for (const command of taken) log.warn({ ...about, command }, 'the server has this command')
    }
  }
}

/** `plugin:filter (worker, 2s)` */
function describe(plugin: Loaded, limits: PluginLimits): string {
  const { section, common, runtime, parts } = plugin
  const own = parts.middleware.map(({ timeout }) => common.timeout ?? timeout ?? limits.own)
  const names = menuOf(parts).map(({ name }) => `/${name}`)
  const about = [
    runtime.where,
    ...(own.length > 0 ? [formatDuration(Math.max(...own))] : []),
    ...(parts.nicknames.length > 0 ? ['nickname'] : []),
    ...names,
    ...(parts.bots.length > 0 ? ['answers after delivery'] : []),
  ]
  return `${sectionName(section)} (${about.join(', ')})`
}
