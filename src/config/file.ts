import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { rows, type Row } from '../options.js'
import { nearest } from './nearest.js'
import { shown, type Place, type Report } from './report.js'
import { scanIni, type Entry, type ScannedSection } from './scan.js'
import { isSecretKey, pluginSection, sectionKind, type Section } from './sections.js'
import type { Given } from './values.js'

/** What a config file says, faults told. */
export interface ConfigFile {
  /** Absolute. */
  path: string
  folder: string
  /** By `section.key`. */
  given: ReadonlyMap<string, Given>
  sections: Section[]
}

type Env = Readonly<Record<string, string | undefined>>

/** What a reader of the file needs to know about where it is. */
interface Reading {
  /** The path as the host wrote it, for sentences. */
  name: string
  folder: string
  env: Env
  report: Report
}

/**
 * Reads a config file and tells every fault of its form: of lines, sections and keys. Values of [server] and
 * the like are only collected; their types are looked at when all sources are known.
 * @param named Who names the file: `--config` or `CHAT_ROOM_CONFIG`.
 */
export function readConfigFile(
  name: string,
  { named, cwd, env, report }: { named: string; cwd: string; env: Env; report: Report },
): ConfigFile | undefined {
  const path = resolve(cwd, name)
  const text = readText(path, { name: named }, report)
  if (text === undefined) return undefined

  const reading = { name, folder: dirname(path), env, report }
  const { sections, slips } = scanIni(text)
  for (const { line, complaint, key = '' } of slips) {
    report.fault({ at: name, line, name: key }, complaint, { key: shown(key) })
  }
  tellDoubles(sections, reading)
  if (holdsSecret(sections) && othersMayRead(path)) report.warn({ name }, 'openSecret', { path })

  const given = new Map<string, Given>()
  const plugins: Section[] = []
  for (const section of sections) {
    const kind = sectionKind(section.name)
    if (kind) plugins.push(readPlugin(kind, section, reading))
    else if (isKnown(section.name)) readKeys(section, given, reading)
    else tellUnknown(section, reading)
  }
  return { path, folder: reading.folder, given, sections: plugins }
}

function readText(path: string, place: Place, report: Report): string | undefined {
  const bytes = readBytes(path, place, report)
  if (!bytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return report.fault(place, 'notUtf8', { path })
  }
}

/** A file's content; a fault names who names it. */
export function readBytes(path: string, place: Place, report: Report): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const failed = typeof error === 'object' && error !== null && 'code' in error
    const reason = failed ? String(error.code) : String(error)
    if (reason === 'ENOENT') report.fault(place, 'noFile', { path })
    else report.fault(place, 'unreadableFile', { path, reason })
    return undefined
  }
}

function tellDoubles(sections: readonly ScannedSection[], { name, report }: Reading): void {
  const firsts = new Map<string, number>()
  for (const { name: section, line } of sections) {
    const first = firsts.get(section)
    if (first === undefined) firsts.set(section, line)
    else report.fault({ at: name, line, name: '' }, 'doubleSection', { section, first })
  }
}

function holdsSecret(sections: readonly ScannedSection[]): boolean {
  return sections.some((section) =>
    section.entries.some(
      ({ key, value }) => isSecretKey(key) && value !== '' && !String(value).includes('${'),
    ),
  )
}

/** Windows has no such bits: the answer there is no. */
function othersMayRead(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0
}

const isKnown = (section: string): boolean => rows.some((row) => row.section === section)

function tellUnknown({ name, line }: ScannedSection, reading: Reading): void {
  const place = { at: reading.name, line, name: '' }
  const [, kind, rest = ''] = /^(plugin|bot)\b\W*(.*)$/i.exec(name) ?? []
  const section = shown(name)
  if (kind && rest === '') return reading.report.fault(place, 'unnamedSection', { section })
  const known = [...new Set(rows.map((row) => row.section)), 'plugin:NAME', 'bot:NAME']
  const near = kind ? `${kind.toLowerCase()}:${rest}` : nearest(name, known)
  reading.report.fault(place, 'unknownSection', { section, nearest: near })
}

function readPlugin(kind: Section['kind'], section: ScannedSection, reading: Reading): Section {
  const { folder, report } = reading
  const place = { at: reading.name, line: section.line, name: `[${section.name}]` }
  const name = section.name.slice(kind.length + 1).trim()
  const keys = gather(section, isSecretKey, reading)
  return pluginSection({ kind, name, line: section.line, place, keys, folder }, report)
}

function readKeys(section: ScannedSection, given: Map<string, Given>, reading: Reading): void {
  const secret = (key: string) => rowOf(section.name, key)?.option.secret === true
  for (const [key, { entry, words, places, place }] of gather(section, secret, reading)) {
    const row = rowOf(section.name, key)
    if (!row && entry.value === true) {
      reading.report.fault(place, 'badSyntax')
    } else if (!row) {
      tellUnknownKey(section.name, key, place, reading.report)
    } else if (entry.list && row.option.type !== 'list') {
      reading.report.fault(place, 'notList', { key })
    } else if (entry.value === true && row.option.type !== 'bool') {
      reading.report.fault(place, 'noValue', { key })
    } else {
      given.set(`${section.name}.${key}`, {
        place,
        places,
        words,
        list: entry.list,
        folder: reading.folder,
      })
    }
  }
}

/** The row of a known key. */
export const rowOf = (section: string, key: string): Row | undefined =>
  rows.find((row) => row.section === section && row.key === key)

/** Tells that a section of the table has no such key, and which was meant. */
export function tellUnknownKey(section: string, key: string, place: Place, report: Report): void {
  const other = rows.find((row) => row.section !== section && row.key === key)
  const known = rows.filter((row) => row.section === section).map((row) => row.key)
  const details = { section, key: shown(key) }
  if (other) report.fault(place, 'otherSection', { ...details, other: other.section })
  else report.fault(place, 'unknownKey', { ...details, nearest: nearest(key, known) })
}

/** A key of a section with all its lines. */
export interface Gathered {
  /** The first of its lines. */
  entry: Entry
  words: string[]
  /** Of each word. */
  places: Place[]
  /** Of the first. */
  place: Place
}

/** Puts the lines of a list together, tells doubles and what ini would cut, and fills in `${NAME}`. */
function gather(
  section: ScannedSection,
  isSecret: (key: string) => boolean,
  { name, env, report }: Reading,
): Map<string, Gathered> {
  const keys = new Map<string, Gathered>()
  for (const entry of section.entries) {
    const { key, line } = entry
    const place = { at: name, line, name: `[${section.name}] ${shown(key)}` }
    tellCuts(entry, place, isSecret(key), report)
    const word = expand(entry.value, env, place, report)
    const before = keys.get(key)
    if (key === '__proto__' || isStray(entry)) report.fault(place, 'badSyntax')
    else if (!before) keys.set(key, { entry, words: [word], places: [place], place })
    else if (before.entry.list && entry.list) {
      before.words.push(word)
      before.places.push(place)
    } else report.fault(place, 'doubleKey', { key: shown(key), first: before.entry.line })
  }
  return keys
}

/** A word alone that is no switch may be the rest of a secret that was broken in two: it is not shown. */
const isStray = ({ key, value }: Entry): boolean =>
  value === true && !/^[a-z][a-z_]{0,30}$/.test(key)

/** A cut secret is a weak secret, and a value cut in a word was not meant as a comment: both are faults. */
function tellCuts(entry: Entry, place: Place, secret: boolean, report: Report): void {
  const key = shown(entry.key)
  if (entry.badQuotes) report.fault(place, 'badQuotes')
  else if (entry.cut === 'glued' || (entry.cut && secret)) report.fault(place, 'cutOff', { key })
  else if (entry.cut && entry.value !== '') report.warn(place, 'commentCut', { key })
}

function expand(value: string | true, env: Env, place: Place, report: Report): string {
  if (value === true) return 'true'
  return value.replace(/\$\{([A-Za-z_]\w*)\}/g, (_whole, variable: string) => {
    const found = env[variable]
    if (!found) report.fault(place, 'missingVariable', { variable })
    return found ?? ''
  })
}
