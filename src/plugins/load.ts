import type { BotDefinition } from '../bots/definition.js'
import type { Commands, RoomChain } from '../chat/face.js'
import type { Section } from '../config/sections.js'
import type { Lang } from '../i18n/index.js'
import { createChain } from './chain/chain.js'
import { takenIn, tellClashes } from './load/clashes.js'
import { commandBook } from './load/command-book.js'
import { definitionOf } from './load/definition.js'
import { sectionName } from './load/fault.js'
import { freeNickname } from './load/nickname.js'
import { Speaker, type Door } from './chain/speaker.js'
import { lineOf, unitOf, type Unit } from './load/unit.js'
import { Workshop, type BringOptions, type Loaded, type PluginDeps } from './load/workshop.js'

export type { PluginDeps }

/** The plugins and bots that are loaded, and what the rest of the server needs of them. */
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
  /** Its commands that never reach it, since the server answers them itself. */
  taken: readonly string[]
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

function assemble(sections: readonly Loaded[], workshop: Workshop): Plugins {
  const { log, limits } = workshop
  const speaker = new Speaker(log)
  let units = sections.map((loaded) => unitOf(loaded, speaker, workshop))
  const chain = createChain({ steps: units.flatMap(({ steps }) => steps), speaker })
  let book = commandBook(units)
  tellClashes(units, units, workshop)

  /** Puts others in the place of those there are; messages on their way go on with the ones they met. */
  const become = (next: Unit[]) => {
    const fresh = next.filter((unit) => !units.includes(unit))
    units = next
    chain.become(units.flatMap(({ steps }) => steps))
    book = commandBook(units)
    tellClashes(units, fresh, workshop)
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
      get: (name, room, modeOf) => book.get(name, room, modeOf),
      list: (room, modeOf) => book.list(room, modeOf),
    },
    get steps() {
      return units.map(({ loaded }) => lineOf(loaded, limits))
    },
    open: (door) => speaker.open(door),

    async bring(section, options) {
      const loaded = await workshop.bring(section, options)
      const unit = unitOf(loaded, speaker, workshop)
      return {
        bot: definitionOf(unit.loaded, workshop),
        taken: takenIn(unit.menu, workshop.reserved),
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
