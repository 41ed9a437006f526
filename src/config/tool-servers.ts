import { resolve } from 'node:path'
import type { Option } from '../options.js'
import type { ToolServer } from '../tool-server.js'
import { gather, type Gathered, type Reading } from './keys.js'
import { nearest } from './nearest.js'
import { shown, type Place } from './report.js'
import type { ScannedSection } from './scan.js'
import type { Section } from './sections.js'
import { itemsOf, readValue, type OptionValue } from './values.js'

const KEYS = {
  command: { type: 'string', default: '', help: { 'zh-CN': '程序', en: 'Program' } },
  args: { type: 'list', default: [], help: { 'zh-CN': '程序的参数', en: 'Its arguments' } },
  env: {
    type: 'list',
    default: [],
    secret: true,
    check: (pair) => (/^[A-Za-z_]\w*=/.test(pair) ? undefined : 'badEnv'),
    help: { 'zh-CN': '给程序的环境变量', en: 'Environment variables of the program' },
  },
  url: {
    type: 'string',
    default: '',
    check: checkUrl,
    help: { 'zh-CN': '地址', en: 'Address' },
  },
  headers: {
    type: 'list',
    default: [],
    secret: true,
    check: (pair) => (HEADER.test(pair) ? undefined : 'badHeader'),
    help: { 'zh-CN': '请求头', en: 'Headers of each request' },
  },
  tools: { type: 'list', default: [], help: { 'zh-CN': '可以用的工具', en: 'Tools it may use' } },
  timeout: {
    type: 'duration',
    default: 10_000,
    min: 1,
    max: 600_000,
    help: { 'zh-CN': '一次调用最多多久', en: 'How long one call may take' },
  },
} as const satisfies Record<string, Option>

type Key = keyof typeof KEYS

/** `Name: value` (RFC 9110 §5.6.2). */
const HEADER = /^[!#$%&'*+.^_`|~\w-]+:[ \t]*[\x21-\x7e\x80-\xff]/

/** The name of a section of this kind; undefined of another. */
export const toolServerName = (section: string): string | undefined =>
  /^mcp:\s*(\S.*)$/.exec(section)?.[1]

/** What it holds may be a key. */
export const isToolSecret = (key: string): boolean => key === 'env' || key === 'headers'

/** Reads a `[mcp:NAME]`; each of its faults is told, and something stands for it all the same. */
export function readToolServer(
  name: string,
  section: ScannedSection,
  reading: Reading,
): ToolServer {
  const { report, folder } = reading
  const place = { at: reading.name, line: section.line, name: `[${section.name}]` }
  const found = gather(section, isToolSecret, reading)
  for (const [key, { place }] of found) {
    if (isKey(key)) continue
    const near = nearest(key, Object.keys(KEYS))
    report.fault(place, 'unknownKey', { section: section.name, key: shown(key), nearest: near })
  }

  const read = (key: Key) => {
    const given = found.get(key)
    return given === undefined ? KEYS[key].default : valueOf(key, given, reading)
  }
  const values = {
    command: read('command'),
    args: read('args'),
    env: read('env'),
    url: read('url'),
    headers: read('headers'),
    tools: read('tools'),
    timeout: read('timeout'),
  }
  tellTogether(found, place, reading)
  const command = String(values.command)
  return {
    name,
    command: /^\.\.?[\\/]/.test(command) ? resolve(folder, command) : command,
    args: listOf(values.args),
    cwd: folder,
    env: pairs(listOf(values.env), '='),
    url: String(values.url),
    headers: pairs(listOf(values.headers), ':'),
    tools: listOf(values.tools),
    timeout: Number(values.timeout),
  }
}

/** Tells which servers a bot names that are not there, and which nobody names. */
export function checkToolServers(
  sections: readonly Section[],
  servers: readonly ToolServer[],
  { at, report }: { at?: string } & Pick<Reading, 'report'>,
): void {
  const known = servers.map(({ name }) => name)
  const used = new Set<string>()
  for (const { kind, name, use, settings, lines } of sections) {
    const { mcp } = settings
    if (use !== 'openai' || mcp === undefined) continue
    const words = Array.isArray(mcp) ? mcp : [String(mcp)]
    const line = lines['mcp']
    const place: Place = {
      name: `[${kind}:${name}] mcp`,
      ...(at !== undefined && line !== undefined && { at, line }),
    }
    for (const word of itemsOf({ words, list: false })) {
      used.add(word)
      if (known.includes(word)) continue
      const near = known.length > 0 ? nearest(word, known) : 'NAME'
      report.fault(place, 'unknownToolServer', { value: shown(word), nearest: near })
    }
  }
  for (const { name } of servers) {
    if (!used.has(name)) report.warn({ name: `[mcp:${name}]` }, 'unusedToolServer', { value: name })
  }
}

const isKey = (key: string): key is Key => Object.hasOwn(KEYS, key)

function valueOf(
  key: Key,
  { entry, words, places, place }: Gathered,
  { report, folder }: Reading,
): OptionValue | undefined {
  const option: Option = KEYS[key]
  if (entry.list && option.type !== 'list') return report.fault(place, 'notList', { key })
  if (entry.value === true) return report.fault(place, 'noValue', { key })
  // A header may hold commas; arguments in one line are written as on a command line.
  const [word = ''] = words
  const split = key === 'args' && !entry.list ? word.split(/\s+/) : words
  const whole = entry.list || key !== 'tools'
  const given = { place, words: split, list: whole, folder }
  return readValue(option, split.length === places.length ? { ...given, places } : given, report)
}

/** What only shows when the keys are seen together. */
function tellTogether(
  found: ReadonlyMap<string, Gathered>,
  place: Place,
  { report }: Reading,
): void {
  const has = (key: Key) => (found.get(key)?.words ?? []).some((word) => word !== '')
  if (has('command') === has('url')) report.fault(place, 'oneOfCommandAndUrl')
  if (!has('tools')) report.fault(place, 'noTools')
  const stray: readonly Key[] = has('url') ? ['args', 'env'] : ['headers']
  for (const key of stray) {
    const wrong = found.get(key)
    if (!wrong || has('command') === has('url')) continue
    const belongs = has('url') ? 'command' : 'url'
    report.fault(wrong.place, 'strayToolKey', { key, belongs })
  }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** `NAME=value` or `Name: value` by name. */
const pairs = (items: readonly string[], sign: '=' | ':'): Record<string, string> =>
  Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf(sign)
      return [item.slice(0, at).trim(), item.slice(at + 1).trim()]
    }),
  )

function checkUrl(value: string): 'badToolUrl' | 'urlCredentials' | undefined {
  if (value === '') return undefined
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return 'badToolUrl'
  const { username, password } = new URL(value)
  return username + password === '' ? undefined : 'urlCredentials'
}
