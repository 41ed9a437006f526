import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { rows } from '../options.js'
import type { ToolServer } from '../tool-server.js'
import { gather, rowOf, tellUnknownKey, type Env, type Reading } from './keys.js'
import { nearest } from './nearest.js'
import { shown, type Place, type Report } from './report.js'
import { scanIni, type ScannedSection } from './scan.js'
import {
  isSecretKey,
  pluginSection,
  sectionKind,
  TENCENT_KEYS,
  type Section,
  type TencentKeys,
} from './sections.js'
import { isToolSecret, readToolServer, toolServerName } from './tool-servers.js'
import type { Given } from './values.js'

/** What a config file says, faults told. */
export interface ConfigFile {
  /** As the host wrote it. */
  name: string
  /** Absolute. */
  path: string
  folder: string
  /** By `section.key`. */
  given: ReadonlyMap<string, Given>
  sections: Section[]
  toolServers: ToolServer[]
  /** What a `[bot]` without a name says. */
  tencent: TencentKeys
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
  const toolServers: ToolServer[] = []
  const tencent: TencentKeys = {}
  for (const section of sections) {
    const kind = sectionKind(section.name)
    const toolServer = toolServerName(section.name)
    if (kind) plugins.push(readPlugin(kind, section, reading))
    else if (toolServer !== undefined)
      toolServers.push(readToolServer(toolServer, section, reading))
    else if (holdsTencentKeys(section)) readTencentKeys(section, tencent, reading)
    else if (isKnown(section.name)) readKeys(section, given, reading)
    else tellUnknown(section, reading)
  }
  return { name, path, folder: reading.folder, given, sections: plugins, toolServers, tencent }
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
      ({ key, value }) =>
        (isSecretKey(key) || (toolServerName(section.name) !== undefined && isToolSecret(key))) &&
        value !== '' &&
        !String(value).includes('${'),
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
  const [, kind, rest = ''] = /^(plugin|bot|mcp)\b\W*(.*)$/i.exec(name) ?? []
  const section = shown(name)
  if (kind && rest === '') return reading.report.fault(place, 'unnamedSection', { section })
  const known = [...new Set(rows.map((row) => row.section)), 'plugin:NAME', 'bot:NAME', 'mcp:NAME']
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

/** `[bot] app_key` is to `--bot-app-key` as every key is to its flag; with anything else in it, it lacks a name. */
const holdsTencentKeys = ({ name, entries }: ScannedSection): boolean =>
  name === 'bot' &&
  entries.length > 0 &&
  entries.every(({ key, list, value }) => isTencentKey(key) && !list && value !== true)

const isTencentKey = (key: string): key is keyof TencentKeys =>
  TENCENT_KEYS.some((known) => known === key)

function readTencentKeys(section: ScannedSection, keys: TencentKeys, reading: Reading): void {
  for (const [key, { words }] of gather(section, isSecretKey, reading)) {
    if (isTencentKey(key)) keys[key] = words[0]
  }
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
