import type { Section } from '../../config/sections.js'
import type { Field, Hear } from '../../plugin.js'
import { COMMON, readSettings } from './settings.js'

/** What a section may say whatever its plugin is. */
export interface SectionKeys {
  required: boolean
  isolate: unknown
  /** Whether it may mute people and take their lines back. */
  moderates: boolean
  hear?: Hear
  hearBots?: boolean
  aliases?: readonly string[]
  timeout?: number
}

/** Reads it. Wrong values are left out here; they are told with the plugin's own settings. */
export function readSectionKeys(section: Section): SectionKeys {
  const read = readSettings(section, COMMON, { lang: 'en', faults: [] })
  const { hear, alias, hear_bots, timeout } = read
  return {
    required: read['required'] !== false,
    isolate: read['isolate'],
    moderates: read['moderates'] === true,
    ...(isHear(hear) && { hear }),
    ...(typeof hear_bots === 'boolean' && { hearBots: hear_bots }),
    ...(Array.isArray(alias) && { aliases: alias.map(String) }),
    ...(typeof timeout === 'number' && { timeout }),
  }
}

/** What is left for the section when a plugin has a `timeout` of its own, which means another thing. */
export function withoutOwn(
  { timeout, ...keys }: SectionKeys,
  schema: Readonly<Record<string, Field>>,
): SectionKeys {
  return timeout === undefined || Object.hasOwn(schema, 'timeout') ? keys : { ...keys, timeout }
}

const isHear = (value: unknown): value is Hear =>
  value === 'auto' || value === 'mention' || value === 'command' || value === 'all'
