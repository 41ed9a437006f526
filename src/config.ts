import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { readBytes, readConfigFile, type ConfigFile } from './config/file.js'
import { rowOf } from './config/keys.js'
import { isSlip, nearest } from './config/nearest.js'
import { openReport, type Place, type Report } from './config/report.js'
import { withDefaults, withTencentKeys, type Section } from './config/sections.js'
import { checkToolServers } from './config/tool-servers.js'
import { applySets, readSets } from './config/set.js'
import { readValue, type Given, type OptionValue } from './config/values.js'
import { Exit, StartError } from './errors.js'
import { systemLang, type Lang } from './i18n/index.js'
import { options, rows, type Row, type Values } from './options.js'
import type { ToolServer } from './tool-server.js'

export { maskedIni } from './config/masked.js'
export type { Section } from './config/sections.js'

/** Everything the host decided, checked, typed and frozen. Times are milliseconds, paths absolute. */
export interface Config extends Values {
  /** Plugins and bots in the order of their sections, which is the order of the pipeline. */
  readonly plugins: Section[]
  /** Servers of tools that bots may use. */
  readonly toolServers: ToolServer[]
  /** The config file, if there is one. */
  readonly file?: string
}

export interface ConfigSources {
  /** Flags without their dashes, as written: `{ port: ['8088'] }`. The last one counts; lists add up. */
  flags?: Readonly<Record<string, readonly string[]>>
  env: Readonly<Record<string, string | undefined>>
  /** The working folder. */
  cwd: string
  /** Language of the sentences; by the environment if it is not given. */
  lang?: Lang
}

export interface LoadedConfig {
  config: Config
  /** Sentences the host should read, though the program runs. */
  warnings: readonly string[]
}

/**
 * Reads the configuration: defaults, then the config file, the environment, the flags; the later wins.
 * @throws {StartError} with exit code 78 and every fault of every source, one sentence each.
 */
export function loadConfig({
  flags = {},
  env,
  cwd,
  lang = systemLang(env),
}: ConfigSources): LoadedConfig {
  const report = openReport(lang)
  const file = readNamedFile(flags, env, cwd, report)
  const sets = readSets(flags['set'] ?? [], report)
  const folder = file?.folder ?? cwd
  tellVisibleSecrets(flags, report)
  tellStrayVariables(env, report)

  const sources = rows.map((row) => ({
    row,
    given: [
      { place: { name: inIni(row) }, words: defaultWords(row), list: true, folder },
      file?.given.get(`${row.section}.${row.key}`),
      fromVariable(row, env, cwd),
      fromFlag(row, flags, cwd),
      sets.given(row, cwd),
    ].filter((given) => given !== undefined),
  }))
  const values = readValues(sources, report)
  tellTogether(values, sources, report)

  const tencent = {
    app_id: flags['bot-app-id']?.at(-1) ?? env['CHAT_ROOM_BOT_APP_ID'] ?? file?.tencent.app_id,
    app_key: flags['bot-app-key']?.at(-1) ?? env['CHAT_ROOM_BOT_APP_KEY'] ?? file?.tencent.app_key,
  }
  const sections = applySets(withDefaults(file?.sections ?? []), sets, cwd, report)
  const plugins = withTencentKeys(sections, tencent)

  const toolServers = file?.toolServers ?? []
  checkToolServers(plugins, toolServers, { report, ...(file && { at: file.name }) })

  if (report.faults().length > 0 || !isComplete(values)) {
    throw new StartError(report.faults(), Exit.config)
  }
  const config = { ...values, plugins, toolServers, ...(file ? { file: file.path } : {}) }
  return { config: freeze(config), warnings: report.warnings() }
}

type Flags = NonNullable<ConfigSources['flags']>
type Env = ConfigSources['env']
type Source = { row: Row; given: Given[] }

function readNamedFile(
  flags: Flags,
  env: Env,
  cwd: string,
  report: Report,
): ConfigFile | undefined {
  const flag = flags['config']?.at(-1)
  const name = flag ?? env['CHAT_ROOM_CONFIG']
  const named = flag === undefined ? 'CHAT_ROOM_CONFIG' : '--config'
  return name ? readConfigFile(name, { named, cwd, env, report }) : undefined
}

/** What stands on a command line is in the list of processes. */
function tellVisibleSecrets(flags: Flags, report: Report): void {
  const secrets = rows.filter(({ option }) => option.secret)
  const botKey = { flag: 'bot-app-key', variable: 'CHAT_ROOM_BOT_APP_KEY' }
  for (const { flag, variable } of [...secrets, botKey]) {
    if (flags[flag]) report.warn({ name: `--${flag}` }, 'visibleFlag', { variable })
  }
}

/** Other programs have variables of their own; only what looks like a slip is worth a word. */
function tellStrayVariables(env: Env, report: Report): void {
  const extra = ['CHAT_ROOM_CONFIG', 'CHAT_ROOM_BOT_APP_ID', 'CHAT_ROOM_BOT_APP_KEY']
  const known = [...rows.map(({ variable }) => variable), ...extra]
  for (const name of Object.keys(env)) {
    if (!name.startsWith('CHAT_ROOM_') || known.includes(name)) continue
    const near = nearest(name, known)
    if (isSlip(name, near)) report.warn({ name }, 'unknownVariable', { nearest: near })
  }
}

const inIni = ({ section, key }: Row): string => `[${section}] ${key}`

const defaultWords = ({ option }: Row): string[] => {
  if (option.type === 'list') return [...option.default]
  return [option.type === 'duration' ? `${option.default}ms` : String(option.default)]
}

/** An empty variable counts as absent, as a compose file leaves it. */
function fromVariable(row: Row, env: Env, folder: string): Given | undefined {
  const word = env[row.variable]
  const place = { name: `${row.variable} (${inIni(row)})` }
  return word ? { place, words: [word.trim()], list: false, folder } : undefined
}

function fromFlag(row: Row, flags: Flags, folder: string): Given | undefined {
  const words = flags[row.flag]
  const place = { name: `--${row.flag} (${inIni(row)})` }
  return words ? { place, words, list: false, folder } : undefined
}

/** Each source is looked at, so that a fault is told although a later source would win. */
function readValues(sources: readonly Source[], report: Report) {
  const values: Record<string, Record<string, OptionValue>> = Object.create(null)
  for (const { row, given } of sources) {
    const section = (values[row.section] ??= Object.create(null))
    for (const source of given) {
      const value = readValue(row.option, source, report)
      if (value !== undefined) section[row.key] = value
    }
  }
  return values
}

/** What only shows when the values are seen together, or beside the disk. */
function tellTogether(
  values: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>,
  sources: readonly Source[],
  report: Report,
): void {
  const placeOf = (key: string): Place =>
    sources.find(({ row }) => row === rowOf('server', key))?.given.at(-1)?.place ?? { name: key }
  const { data = '', tls_cert: cert = '', tls_key: key = '' } = values['server'] ?? {}

  if (cert && !key) tellLoneTls(placeOf('tls_cert'), 'tls_cert', 'tls_key', report)
  if (key && !cert) tellLoneTls(placeOf('tls_key'), 'tls_key', 'tls_cert', report)
  const certificate = cert && readBytes(String(cert), placeOf('tls_cert'), report)
  const secret = key && readBytes(String(key), placeOf('tls_key'), report)
  if (certificate && secret) tellBadTls(certificate, secret, placeOf('tls_cert'), report)

  const path = fileInTheWay(resolve(String(data)))
  if (path !== undefined) report.fault(placeOf('data'), 'notFolder', { path })
}

/** The file that stands where a folder, or one above it, should be. */
function fileInTheWay(folder: string): string | undefined {
  const above = dirname(folder)
  const higher = above === folder ? undefined : fileInTheWay(above)
  return higher ?? (isOther(folder) ? folder : undefined)
}

/** Whoever makes or opens the folder says why it cannot be looked at. */
function isOther(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false
  } catch {
    return false
  }
}

function tellLoneTls(place: Place, given: string, missing: string, report: Report): void {
  report.fault(place, 'loneTls', { given: `[server] ${given}`, missing: `[server] ${missing}` })
}

/** OpenSSL names what is wrong, never what the files hold. */
function tellBadTls(cert: Buffer, key: Buffer, place: Place, report: Report): void {
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const reason = error instanceof Error && 'reason' in error ? String(error.reason) : 'PEM'
    report.fault(place, 'badTls', { reason })
  }
}

/** Every key got a value from its own row of the table, or there is a fault. */
function isComplete(values: object): values is Values {
  const read: Record<string, object> = { ...values }
  return Object.entries(options).every(([section, keys]) =>
    Object.keys(keys).every((key) => key in (read[section] ?? {})),
  )
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) freeze(part)
  }
  return Object.freeze(value)
}
