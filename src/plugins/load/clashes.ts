import { sectionName } from './fault.js'
import type { Unit } from './unit.js'
import type { Workshop } from './workshop.js'

/** The later one of a name is not found, and none that the server answers itself. */
export function tellClashes(units: readonly Unit[], { log, reserved }: Workshop): void {
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
