import type { BotDefinition } from '../../bots/definition.js'
import type { Command } from '../../bots/hearing/wakes.js'
import type { Hear } from '../../plugin.js'
import type { CheckedOptions } from '../module/host.js'
import type { Parts } from './parts.js'
import type { Loaded, Workshop } from './workshop.js'

/**
 * The member that stands for a section: one, however many middleware it has for it. What the host wrote wins.
 * Without any it says and hears nothing but its commands.
 */
export function definitionOf(
  { section, common, runtime, parts }: Loaded,
  workshop: Workshop,
): BotDefinition {
  const [first] = parts.bots
  const options = first?.options ?? deaf
  const { hear, triggers } = hearing({ common, parts })
  return {
    name: section.name,
    aliases: common.aliases ?? options.aliases ?? [],
    rooms: section.rooms,
    hear,
    ...(triggers && { triggers }),
    ...(triggers && first && { matches: first.matches }),
    moderates: common.moderates,
    hearBots: common.hearBots ?? options.hearBots ?? false,
    timeout: common.timeout ?? options.timeout ?? workshop.limits.bot,
    chain: parts.bots.map(({ run }) => run),
    log: workshop.pluginLog(section),
    streams: parts.bots.some(({ options }) => options.streams === true),
    menu: menuOf(parts),
    yields: yieldsTo({ runtime, parts }),
    tools: parts.bots.flatMap(({ options }) => options.tools ?? []),
    ...leavesOf(parts),
    ...restOf(parts),
    ...(parts.up && { up: parts.up }),
    ...(parts.wait && { wait: parts.wait }),
  }
}

/** What reaches it. */
export function hearing({ common, parts }: Pick<Loaded, 'common' | 'parts'>) {
  const options = parts.bots[0]?.options ?? deaf
  const triggers = common.hear === undefined ? options.triggers : undefined
  return { hear: common.hear ?? hearOf(options), ...(triggers && { triggers }) }
}

const deaf: CheckedOptions = { hear: 'mention', commands: [] }

/**
 * Whether it leaves its commands to others: it comes with the server, and finds them by itself in what it
 * hears, as the bird does.
 */
export const yieldsTo = ({ runtime, parts }: Pick<Loaded, 'runtime' | 'parts'>): boolean =>
  runtime.where === 'built-in' &&
  parts.commands.length === 0 &&
  parts.bots.every(({ options }) => (options.triggers?.commands ?? []).length === 0)

/** The commands of a plugin as people find them, each name once. */
export function menuOf({ bots, commands }: Parts): Command[] {
  const all = [
    ...commands,
    ...bots.flatMap(({ options }) => [...(options.triggers?.commands ?? []), ...options.commands]),
  ]
  const names = all.map(({ name }) => name)
  return all
    .filter(({ name }, index) => names.indexOf(name) === index)
    .map(({ name, aliases, help }) => ({ name, aliases, ...(help !== undefined && { help }) }))
}

/** The way of hearing that is told of a bot, as near as it comes. Beside triggers it is what its code says of itself. */
function hearOf({ hear, triggers }: CheckedOptions): Hear {
  if (hear !== undefined || !triggers) return hear ?? 'auto'
  const all = triggers.all || triggers.keywords.length > 0 || triggers.regexes.length > 0
  return all || triggers.chance > 0 ? 'all' : triggers.mention ? 'mention' : 'command'
}

/** What several middleware of one bot count is all of it. */
function restOf({ bots }: Parts): Pick<BotDefinition, 'rest'> {
  const counts = bots.flatMap(({ rest, options }) => rest ?? options.rest ?? [])
  if (counts.length === 0) return {}
  return {
    rest: async (asker) => (await Promise.all(counts.map(async (count) => count(asker)))).flat(),
  }
}

/** Where its middleware tell what they hear; one that does not say makes it unknown. */
function leavesOf({ bots }: Parts): Pick<BotDefinition, 'leaves'> {
  const leaves = bots.map(({ options }) => options.leaves)
  return leaves.every((each) => each !== undefined) ? { leaves: leaves.flat() } : {}
}
