import { isAbsolute, resolve } from 'node:path'
import { checkRoom, type Option } from '../options.js'
import type { Gathered } from './keys.js'
import type { Place, Report } from './report.js'
import { itemsOf, readValue, type Given } from './values.js'

export type Setting = string | string[] | boolean

/** A `[plugin:NAME]` or `[bot:NAME]`. Its settings are checked by the plugin's own schema. */
export interface Section {
  readonly kind: 'plugin' | 'bot'
  readonly name: string
  /** A built-in, a package, or the absolute path of a module. */
  readonly use: string
  /** Names of the rooms it is in; none means all. */
  readonly rooms: string[]
  readonly settings: Record<string, Setting>
  /** In which line of the config file a key stands. */
  readonly lines: Record<string, number>
  /** The line of its header. */
  readonly line?: number
}

/** Whether a section belongs to a plugin or a bot, by its name; undefined for others and for nameless ones. */
export function sectionKind(name: string): Section['kind'] | undefined {
  if (/^plugin:\s*\S/.test(name)) return 'plugin'
  return /^bot:\s*\S/.test(name) ? 'bot' : undefined
}

/** Plugins bring their own keys, so a secret is known by what it is called. */
export const isSecretKey = (key: string): boolean =>
  /(?:^|_)(?:secret|token|password|passphrase|key)s?$/i.test(key)

/** Makes a section of the keys found under a header. */
export function pluginSection(
  found: {
    kind: Section['kind']
    name: string
    line: number
    place: Place
    keys: ReadonlyMap<string, Gathered>
    folder: string
  },
  report: Report,
): Section {
  const { kind, name, line, place, keys, folder } = found
  const use = keys.get('use')?.words[0] ?? ''
  if (use === '') report.fault(place, 'noUse', { section: `${kind}:${name}` })

  const settings: Record<string, Setting> = Object.create(null)
  const lines: Record<string, number> = Object.create(null)
  for (const [key, { entry, words }] of keys) {
    lines[key] = entry.line
    if (key !== 'use' && key !== 'rooms') settings[key] = settingOf(words, entry.list)
  }
  const rooms = keys.get('rooms')
  return {
    kind,
    name,
    use: locate(use, folder),
    rooms: rooms ? readRooms({ ...rooms, list: rooms.entry.list, folder }, report) : [],
    settings,
    lines,
    line,
  }
}

function settingOf(words: readonly string[], list: boolean): Setting {
  if (list) return itemsOf({ words, list })
  const word = words.at(-1) ?? ''
  return word === 'true' || word === 'false' ? word === 'true' : word
}

/** A module's path counts from the file that names it; anything else is a built-in or a package. */
const locate = (use: string, folder: string): string =>
  isAbsolute(use) || /^\.\.?[\\/]/.test(use) ? resolve(folder, use) : use

const ROOMS: Option = {
  type: 'list',
  default: [],
  check: checkRoom,
  help: { 'zh-CN': '在哪些房间', en: 'Rooms it is in' },
}

/** As the rooms are called, however the host wrote them. */
function readRooms(given: Given, report: Report): string[] {
  const value = readValue(ROOMS, given, report)
  return Array.isArray(value) ? value.map((name) => name.normalize('NFKC').toLowerCase()) : []
}

/** Nicknames and the bird are there unless the host wrote sections of their kind. */
export function withDefaults(sections: readonly Section[]): Section[] {
  const named = sections.some(
    ({ kind, name, use }) => kind === 'plugin' && (name === NAMES.name || use === NAMES.use),
  )
  const botted = sections.some(({ kind }) => kind === 'bot')
  return [...(named ? [] : [NAMES]), ...sections, ...(botted ? [] : [BIRD])]
}

const NAMES: Section = {
  kind: 'plugin',
  name: 'random-name',
  use: 'random-name',
  rooms: [],
  settings: {},
  lines: {},
}

const BIRD: Section = {
  kind: 'bot',
  name: '机器人小小鸟',
  use: 'offline',
  rooms: [],
  settings: { alias: '小小鸟, bird', hear: 'auto' },
  lines: {},
}

/** One key of one section, given on the command line. */
export interface SetKey {
  section: string
  key: string
  words: string[]
  list: boolean
}

/** The section that `--set` means: by its full name, or as people call the bot. */
export const findSection = (sections: readonly Section[], name: string): Section | undefined =>
  sections.find((section) => `${section.kind}:${section.name}` === name) ??
  sections.find(
    ({ kind, settings }) =>
      kind === 'bot' && aliases(settings).some((alias) => name === `bot:${alias}`),
  )

const aliases = ({ alias = [] }: Section['settings']): string[] =>
  itemsOf({ words: typeof alias === 'object' ? alias : [String(alias)], list: false })

/** A section as it becomes by `--set`. */
export function withKey(section: Section, set: SetKey, folder: string, report: Report): Section {
  const { key, words, list } = set
  const { [key]: _line, ...lines } = section.lines
  if (key === 'use') return { ...section, lines, use: locate(words.at(-1) ?? '', folder) }
  if (key === 'rooms') {
    const place = { name: `--set ${set.section}.rooms` }
    return { ...section, lines, rooms: readRooms({ place, words, list, folder }, report) }
  }
  return { ...section, lines, settings: { ...section.settings, [key]: settingOf(words, list) } }
}

/** What the tutorial's user has of Tencent: all that a `[bot]` without a name may hold. */
export const TENCENT_KEYS = ['app_id', 'app_key'] as const

/** Their values, as far as they are given. */
export type TencentKeys = { [Key in (typeof TENCENT_KEYS)[number]]?: string | undefined }

/** `--bot-app-id` and `--bot-app-key` belong to the first bot that speaks Tencent's protocol; if need be it is made. */
export function withTencentKeys(sections: readonly Section[], given: TencentKeys): Section[] {
  const keys = Object.entries(given).flatMap(([key, value]) => (value ? [[key, value]] : []))
  if (keys.length === 0) return [...sections]
  const at = sections.findIndex(({ use }) => use === 'tencent-textchat')
  const settings: Record<string, string> = Object.fromEntries(keys)
  if (at === -1) {
    // Called by name, so that a line gets one answer and not the bird's as well.
    const friend = { ...settings, hear: 'mention' }
    return [...sections, { ...BIRD, name: '老朋友', use: 'tencent-textchat', settings: friend }]
  }
  return sections.map((section, index) =>
    index === at ? { ...section, settings: { ...section.settings, ...settings } } : section,
  )
}
