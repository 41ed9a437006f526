import type { Middleware, Plugin, PluginHost } from '../plugin.js'

/** This file and host.ts run in the plugins' worker too: they import nothing of the server but types. */

export type SectionKind = 'plugin' | 'bot'

/** A plugin whose schema is not known at compile time. */
export interface LoadedPlugin {
  config: NonNullable<Plugin['config']>
  setup(host: PluginHost, config: Readonly<Record<string, unknown>>): unknown
}

/**
 * What a module offers as a plugin: its default export, or its only export that is one. A function is
 * a room's middleware in a `[plugin:…]` section and a bot's chain in a `[bot:…]` section.
 * @throws {Error} with a sentence for the one who wrote it.
 */
export function pluginOf(module: unknown, kind: SectionKind): LoadedPlugin {
  const offered = candidates(module)
  const middleware = offered.find(isMiddleware)
  const plugin = offered.find(isPlugin)
  if (plugin) return loaded(plugin)
  if (middleware) return { config: {}, setup: (host) => registers(host, kind, middleware) }
  throw new Error(
    'its default export must be a function (ctx, next) or an object { name, api: 1, setup(host, config) }',
  )
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
  if (plugin.api !== 1)
    throw new Error(`it is made for api ${String(plugin.api)}, this server has 1`)
  const { config = {} } = plugin
  if (!isSchema(config)) throw new Error('its config must be an object of { type, help, … } by key')
  return { config, setup: (host, values) => plugin.setup(host, values) }
}

const registers = (host: PluginHost, kind: SectionKind, middleware: Middleware): void =>
  kind === 'bot' ? host.bot(middleware) : host.use(middleware)

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
  isObject(config) &&
  Object.values(config).every((field) => isObject(field) && TYPES.has(String(field.type)))

const isMiddleware = (value: unknown): value is Middleware => typeof value === 'function'

const isPlugin = (value: unknown): value is PluginShape =>
  isObject(value) && 'api' in value && typeof value.setup === 'function'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
