import type { BotDefinition } from '../bots/bots.js'
import type { BotOptions } from './host.js'
import type { Parts } from './parts.js'
import type { Loaded, Workshop } from './workshop.js'

/**
 * The member that stands for a section: one, however many middleware it has for it. What the host wrote wins.
 * Without any it says and hears nothing but its commands.
 */
export function definitionOf(
  { section, common, parts }: Loaded,
  workshop: Workshop,
): BotDefinition {
  const options: BotOptions = parts.bots[0]?.options ?? { hear: 'mention' }
  return {
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
  }
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
