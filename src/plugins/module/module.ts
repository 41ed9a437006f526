import type { BotOptions, Hear, Middleware, Plugin, PluginHost } from '../../plugin.js'
import { ruleFault } from './module-fault.js'

/** This file and host.ts run in the plugins' worker too: they import nothing of the server but types. */

export type SectionKind = 'plugin' | 'bot'

/** A plugin whose schema is not known at compile time. */
export interface LoadedPlugin {
  config: NonNullable<Plugin['config']>
  setup(host: PluginHost, config: Readonly<Record<string, unknown>>): unknown
}

/**
 * What a module offers as a plugin: its default export, or its only export that is one. A function is
 * a room's middleware in a `[plugin:…]` section and a bot's chain in a `[bot:…]` section; beside it the module
 * may export what `host.bot` takes.
 * @param hear What a bot hears that is a function alone.
 * @throws {ModuleFault} with a sentence for the one who wrote it.
 */
export function pluginOf(module: unknown, kind: SectionKind, hear?: Hear): LoadedPlugin {
  const offered = candidates(module)
  const middleware = offered.find(isMiddleware)
  const plugin = offered.find(isPlugin)
  if (plugin) return loaded(plugin)
  if (middleware) {
    checkNames(module)
    const own = optionsIn(module)
    const options = { ...(hear && !own.triggers && { hear }), ...own }
    return { config: {}, setup: (host) => registers(host, kind, middleware, options) }
  }
  throw ruleFault('noDefault')
}

interface PluginShape {
  api: unknown
  config?: unknown
  setup(host: PluginHost, config: Readonly<Record<string, unknown>>): unknown
}

/** The default export, also that of a module compiled to CommonJS; without one, every export. */
function candidates(module: unknown): unknown[] {
  if (!isObject(module)) return []
  const own = module.default
  if (own === undefined) return Object.values(module).filter(isPlugin)
  return isObject(own) && own.default !== undefined ? [own.default] : [own]
}

function loaded(plugin: PluginShape): LoadedPlugin {
  if (plugin.api !== 1) throw ruleFault('wrongApi', { api: String(plugin.api) })
  const { config = {} } = plugin
  if (!isSchema(config)) throw badSchema(config)
  return { config, setup: (host, values) => plugin.setup(host, values) }
}

function registers(
  host: PluginHost,
  kind: SectionKind,
  middleware: Middleware,
  options: BotOptions,
): void {
  if (kind === 'plugin') host.use(middleware)
  else host.bot(middleware, options)
}

const OPTIONS = [
  ...(['triggers', 'hear', 'hearBots', 'timeout'] as const),
  ...(['aliases', 'leaves', 'tools', 'streams', 'commands'] as const),
] satisfies (keyof BotOptions)[]

/** What a module says of its bot beside it: `export const triggers = { … }`. */
function optionsIn(module: unknown): BotOptions {
  if (!isObject(module)) return {}
  return Object.fromEntries(
    OPTIONS.filter((key) => module[key] !== undefined).map((key) => [key, module[key]]),
  )
}

/** What somebody writes who means `triggers`: such a bot would hear every line, and nobody would know why. */
const SLIP = /^tr?ig{1,2}e?r{1,2}s?$/i

function checkNames(module: unknown): void {
  if (!isObject(module) || module.triggers !== undefined) return
  const key = Object.keys(module).find((name) => SLIP.test(name))
  if (key !== undefined) throw ruleFault('notTriggers', { key })
}

const TYPES = new Set([
  'string',
  'text',
  'int',
  'bool',
  'duration',
  'list',
  'enum',
  'secret',
  'url',
] satisfies NonNullable<Plugin['config']>[string]['type'][] as string[])

const isSchema = (config: unknown): config is NonNullable<Plugin['config']> =>
  isObject(config) && Object.values(config).every(isField)

const isField = (field: unknown): boolean =>
  isObject(field) &&
  TYPES.has(String(field.type)) &&
  (field.type !== 'enum' || Array.isArray(field.values))

function badSchema(config: unknown): Error {
  const fields = Object.entries(isObject(config) ? config : {})
  const [key] = fields.find(([, field]) => !isField(field)) ?? []
  if (key === undefined) return ruleFault('badConfig')
  return ruleFault('badField', { key, types: [...TYPES].join(', ') })
}

const isMiddleware = (value: unknown): value is Middleware => typeof value === 'function'

const isPlugin = (value: unknown): value is PluginShape =>
  isObject(value) && 'api' in value && typeof value.setup === 'function'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
