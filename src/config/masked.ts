import type { Config } from '../config.js'
import { rows } from '../options.js'
import type { ToolServer } from '../tool-server.js'
import { formatDuration } from './duration.js'
import { isSecretKey, type Section } from './sections.js'
import type { OptionValue } from './values.js'

/** The configuration in effect as a config.ini that can be read back, but for secrets: they are `***`. */
export function maskedIni(config: Config): string {
  const { plugins, toolServers, file, ...tables } = config
  const known = Object.entries<Table>(tables)
  const sections = [
    ...known.map(tableSection),
    ...plugins.map(plugin),
    ...toolServers.map(toolServer),
  ]
  const source = file ? [`; ${file}`, ''] : []
  return [...source, ...sections.map((lines) => `${lines.join('\n')}\n`)].join('\n')
}

type Table = Readonly<Record<string, OptionValue>>

function tableSection([name, values]: [string, Table]): string[] {
  const keys = rows.filter((row) => row.section === name)
  return [
    `[${name}]`,
    ...keys.flatMap(({ key, option }) => {
      const value = values[key] ?? ''
      const typed = option.type === 'duration' ? formatDuration(Number(value)) : value
      return pair(key, typed, option.secret === true)
    }),
  ]
}

function plugin({ kind, name, use, rooms, settings }: Section): string[] {
  return [
    `[${kind}:${name}]`,
    ...pair('use', use, false),
    ...(rooms.length > 0 ? pair('rooms', rooms, false) : []),
    ...Object.entries(settings).flatMap(([key, value]) =>
      pair(key, Array.isArray(value) ? value : String(value), isSecretKey(key)),
    ),
  ]
}

/** Names of variables and headers are shown, what they hold is not. */
function toolServer(server: ToolServer): string[] {
  const { name, command, args, env, url, headers, tools, timeout } = server
  const hidden = (pairs: object, sign: string) =>
    Object.keys(pairs).map((key) => `${key}${sign}***`)
  return [
    `[mcp:${name}]`,
    ...(command === '' ? [] : pair('command', command, false)),
    ...(args.length > 0 ? pair('args', [...args], false) : []),
    ...hidden(env, '=').flatMap((word) => pair('env', [word], false)),
    ...(url === '' ? [] : pair('url', url, false)),
    ...hidden(headers, ': ').flatMap((word) => pair('headers', [word], false)),
    ...pair('tools', [...tools], false),
    ...pair('timeout', formatDuration(timeout), false),
  ]
}

function pair(key: string, value: OptionValue, secret: boolean): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `${key}[] = ${masked(item, secret)}`)
  }
  return [`${key} = ${masked(wordOf(value), secret)}`.trimEnd()]
}

const wordOf = (value: OptionValue): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? '' : String(value)
}

/** Hides a secret, and a password within an address; quotes what ini would cut. */
function masked(value: string, secret: boolean): string {
  if (secret) return value === '' ? '' : '***'
  const open = value.replace(/:\/\/[^/@\s]*@/, '://***@')
  return /[;#"'\\\r\n]|^\[|^\s|\s$/.test(open) ? JSON.stringify(open) : open
}
