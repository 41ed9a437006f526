import { sectionName } from './fault.js'
import type { Unit } from './unit.js'
import type { Workshop } from './workshop.js'

/**
 * The later one of a name is not found, and none that the server answers itself.
 * @param fresh Those that have come now: of the others it was told before.
 */
export function tellClashes(
  units: readonly Unit[],
  fresh: readonly Unit[],
  { log, reserved }: Workshop,
): void {
  const seen = new Set<string>()
  for (const unit of units) {
    if (unit.yields) continue // it gives way in silence
    const about = { plugin: sectionName(unit.section) }
    for (const { name: command } of unit.menu) {
      const twice = seen.has(command) && fresh.includes(unit)
      if (twice) log.warn({ ...about, command }, 'another plugin has this command already')
      seen.add(command)
    }
    if (!fresh.includes(unit)) continue
    const taken = takenIn(unit.menu, reserved)
    for (const command of taken) log.warn({ ...about, command }, 'the server has this command')
  }
}

/** Names of commands that never reach a bot, since the server answers them itself. */
export const takenIn = (menu: Unit['menu'], reserved: readonly string[]): string[] =>
  menu.flatMap(({ name, aliases }) => [name, ...aliases]).filter((one) => reserved.includes(one))
