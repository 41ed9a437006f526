import { dirname, resolve } from 'node:path'
import { formatDuration, parseDuration } from '../../config/duration.js'
import { nearest } from '../../config/nearest.js'
import { shown } from '../../config/report.js'
import type { Section, Setting } from '../../config/sections.js'
import { fill, texts, type Lang, type Texts } from '../../i18n/index.js'
import type { Field } from '../../plugin.js'
import { placeOf, sectionName, type FaultPlace } from './fault.js'

type Schema = Readonly<Record<string, Field>>

/** Keys that every section may have, whatever its plugin. `use` and `rooms` the configuration has read already. */
export const COMMON: Schema = {
  hear: { type: 'enum', values: ['auto', 'mention', 'command', 'all'], help: 'what a bot hears' },
  alias: { type: 'list', help: 'other names of a bot' },
  hear_bots: { type: 'bool', help: 'whether a bot hears other bots' },
  moderates: {
    type: 'bool',
    default: false,
    help: 'whether it may mute people and take lines back',
  },
  required: { type: 'bool', default: true, help: 'whether the server starts without it' },
  isolate: {
    type: 'enum',
    values: ['worker', 'own', 'none'],
    default: 'worker',
    help: 'whether it shares a worker, has its own, or none',
  },
  timeout: { type: 'duration', min: 1, help: 'time for one message' },
}

/**
 * Reads a section's settings after a schema.
 * @param schema Keys that are read.
 * @param faults Gets a sentence for each value that is wrong or missing.
 * @returns the values by key; absent are those without a value and without a default.
 */
export function readSettings(
  section: Section,
  schema: Schema,
  { faults, ...place }: FaultPlace & { faults: string[] },
): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(schema)) {
    const given = Object.hasOwn(section.settings, key) ? section.settings[key] : undefined
    const value = given === undefined ? field.default : readValue(field, given)
    const fault =
      given === undefined ? missing(field, place.lang) : ruleOf(field, given, place.lang)
    if (value !== undefined) read[key] = field.path ? besideFile(value, place.configFile) : value
    else if (fault) faults.push(sentence({ section, key, field, given, fault, place }))
  }
  return read
}

/** Paths are relative to the file that names them; without one, to the working folder. */
function besideFile(value: unknown, configFile: string | undefined): unknown {
  const folder = configFile === undefined ? '.' : dirname(configFile)
  if (Array.isArray(value)) return value.map((path) => resolve(folder, String(path)))
  return typeof value === 'string' && value !== '' ? resolve(folder, value) : value
}

/** A sentence for each key that neither the plugin nor every section has, naming the one that was meant. */
export function unknownKeys(section: Section, schema: Schema, place: FaultPlace): string[] {
  const known = [...new Set([...Object.keys(schema), ...Object.keys(COMMON), 'use', 'rooms'])]
  return Object.keys(section.settings)
    .filter((key) => !known.includes(key))
    .map(
      (key) =>
        placeOf(section, place, key) +
        fill(texts[place.lang].plugins.unknownKey, {
          section: sectionName(section),
          key,
          nearest: nearest(key, known),
        }),
    )
}

/** @returns undefined for what does not follow the field's rule. */
function readValue(field: Field, given: Setting): unknown {
  if (field.type === 'list') return bounded(field, listOf(given), (list) => list.length)
  if (Array.isArray(given)) return undefined
  const text = String(given).trim()
  switch (field.type) {
    case 'int':
      return /^[+-]?\d{1,15}$/.test(text) ? bounded(field, Number(text), Number) : undefined
    case 'duration':
      return bounded(field, text === '0' ? 0 : parseDuration(text), Number)
    case 'bool':
      return BOOLS[text.toLowerCase()]
    case 'enum':
      return field.values?.includes(text) ? text : undefined
    case 'url':
      return isUrl(text) ? text : undefined
    default:
      return bounded(field, text, (text) => Array.from(text).length)
  }
}

function bounded<T>(
  { min = -Infinity, max = Infinity }: Field,
  value: T | undefined,
  sizeOf: (value: T) => number,
): T | undefined {
  if (value === undefined) return undefined
  const size = sizeOf(value)
  return size >= min && size <= max ? value : undefined
}

const listOf = (given: Setting): string[] =>
  (Array.isArray(given) ? given : String(given).split(/[,，]/))
    .map((item) => item.trim())
    .filter((item) => item !== '')

const BOOLS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  1: true,
  no: false,
  false: false,
  off: false,
  0: false,
}

const isUrl = (text: string): boolean => /^(?:https?|wss?):\/\//i.test(text) && URL.canParse(text)

const missing = ({ required }: Field, lang: Lang): string | undefined =>
  required ? texts[lang].plugins.missing : undefined

function ruleOf(field: Field, given: Setting, lang: Lang): string {
  const { rules, bounds, wrong, wrongSecret } = texts[lang].plugins
  const type = field.type === 'string' || field.type === 'secret' ? 'text' : field.type
  const single = field.type !== 'list' && Array.isArray(given)
  const rule = fill(single ? rules.one : rules[type], { values: field.values?.join(', ') ?? '' })
  const { min, max } = single ? {} : field
  const limits = fill(boundsOf(min, max, bounds), {
    min: sized(field, min),
    max: sized(field, max),
  })
  return fill(field.type === 'secret' ? wrongSecret : wrong, { rule: rule + limits })
}

function boundsOf(
  min: number | undefined,
  max: number | undefined,
  { range, atLeast, atMost }: Texts['plugins']['bounds'],
): string {
  if (min !== undefined && max !== undefined) return range
  if (min !== undefined) return atLeast
  return max === undefined ? '' : atMost
}

const sized = ({ type }: Field, bound = 0): string =>
  type === 'duration' ? formatDuration(bound) : String(bound)

function sentence(found: {
  section: Section
  key: string
  field: Field
  given: Setting | undefined
  fault: string
  place: FaultPlace
}): string {
  const { section, key, field, given, fault, place } = found
  const value = field.type === 'secret' ? '***' : shown(String(given))
  const written = field.type === 'list' ? `${key}[]` : key
  const filled = fill(fault, {
    section: sectionName(section),
    key,
    written,
    value,
    help: field.help,
  })
  return placeOf(section, place, key) + filled
}
