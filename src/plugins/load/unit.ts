import { Circuit } from '../../bots/circuit.js'
import { heedsCommands } from '../../bots/hearing/calling.js'
import { formatDuration } from '../../config/duration.js'
import { guardedCommand } from '../chain/command.js'
import type { Chapter } from './command-book.js'
import { hearing, menuOf, yieldsTo } from './definition.js'
import { sectionName } from './fault.js'
import type { Step } from '../chain/guard.js'
import type { PluginLimits } from '../limits.js'
import type { Speaker } from '../chain/speaker.js'
import type { Loaded, Workshop } from './workshop.js'

/** A loaded section with what is made of it once: what counts its failures stays the same. */
export interface Unit extends Chapter {
  loaded: Loaded
  steps: Step[]
}

/** Makes of a loaded section what the chain and the commands need of it. */
export const unitOf = (loaded: Loaded, speaker: Speaker, workshop: Workshop): Unit => ({
  loaded,
  section: loaded.section,
  steps: stepsOf(loaded, workshop),
  commands: commandsOf(loaded, speaker, workshop),
  menu: menuOf(loaded.parts),
  heeds: heedsCommands(hearing(loaded)),
  yields: yieldsTo(loaded),
})

/** `plugin:filter (worker, 2s)` */
export function lineOf(plugin: Loaded, limits: PluginLimits): string {
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
