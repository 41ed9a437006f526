import type { Lang, Texts } from './i18n/index.js'

/** A sentence of the `config` words: what is wrong with a value. */
export type Complaint = keyof Texts['config']

interface Common {
  /** One line, for --help and config.ini. */
  help: Readonly<Record<Lang, string>>
  /** Its value is never shown; a flag for it is warned about. */
  secret?: true
  /** Looks at one value that has the right type, a list's items one by one. */
  check?: (value: string) => Complaint | undefined
}

/**
 * One row of the table of options. Durations are milliseconds. A path is relative to what names it; it may
 * stand behind a scheme.
 */
export type Option = Common &
  (
    | { type: 'string'; default: string }
    | { type: 'path'; default: string; behind?: string }
    | { type: 'list'; default: readonly string[] }
    | { type: 'enum'; default: string; values: readonly string[] }
    | { type: 'int'; default: number; min: number; max: number }
    | { type: 'duration'; default: number; min: number; max?: number }
    | { type: 'bool'; default: boolean }
  )

/**
 * Checks the rows once, when they are loaded.
 * @throws {Error} naming the option that lacks its type, default or help line.
 */
export function defineOptions<const T extends Record<string, Record<string, Option>>>(table: T): T {
  for (const { section, key, option } of rowsOf(table)) {
    const lacks = ['type', 'default', 'help'].filter((part) => !(part in option))
    if (lacks.length > 0) throw new Error(`options: [${section}] ${key} lacks ${lacks.join(', ')}`)
  }
  return table
}

/** A row together with its names. */
export interface Row {
  section: string
  key: string
  option: Option
  /** Without the dashes: `port`, `store-url`. */
  flag: string
  /** `CHAT_ROOM_PORT`, `CHAT_ROOM_STORE_URL`. */
  variable: string
}

/** The rows of a table in their order. */
export function rowsOf(table: Readonly<Record<string, Readonly<Record<string, Option>>>>): Row[] {
  return Object.entries(table).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, option]) => {
      // Keys of [server] are the everyday ones: --port, not --server-port.
      const name = section === 'server' ? key : `${section}_${key}`
      const variable = `CHAT_ROOM_${name.toUpperCase()}`
      return { section, key, option, flag: name.replaceAll('_', '-'), variable }
    }),
  )
}
