import type { Hear, PluginLog } from '../../plugin.js'
import type { Section } from '../../config/sections.js'
import { matchIn } from '../../bots/hearing/wakes.js'
import { createHost, undo, type CheckedOptions } from '../module/host.js'
import type { PluginLimits } from '../limits.js'
import { pluginOf } from '../module/module.js'
import type { BotPart, Parts, Runtime } from './parts.js'

export interface InProcessOptions {
  log: PluginLog
  limits: PluginLimits
  where: Runtime['where']
  /** What a bot hears that is a function alone. */
  hear?: Hear
}

/**
 * Runs a plugin in the server's own thread: the built-ins, and users' code with `isolate = none`.
 * @throws when the module offers no plugin.
 */
export function inProcess(
  module: unknown,
  section: Section,
  { log, limits, where, hear }: InProcessOptions,
): Runtime {
  const plugin = pluginOf(module, section.kind, hear)

  return {
    where,
    schema: plugin.config,
    release: async () => undefined,
    async setUp(config): Promise<Parts> {
      const stop = new AbortController()
      const { host, registry, seal } = createHost(section.name, log, stop.signal)
      const parts: Parts = {
        ...registry,
        bots: [],
        async stop() {
          stop.abort(new Error('the server closes'))
          await within(limits.cleanup, () => undo(registry, log)).catch((error: unknown) =>
            log.warn('plugin did not stop in time', { error: String(error) }),
          )
        },
      }
      try {
        await within(limits.setup, () => plugin.setup(host, Object.freeze({ ...config })))
      } catch (error) {
        await parts.stop()
        throw error
      }
      seal()
      parts.bots = registry.bots.map((bot) => ({ ...bot, matches: matcher(bot.options) }))
      return parts
    },
  }
}

function matcher({ triggers }: CheckedOptions): BotPart['matches'] {
  const regexes = (triggers?.regexes ?? []).map(({ source, flags }) => new RegExp(source, flags))
  return async (text) => matchIn(regexes, text)
}

/**
 * Waits for work, but not for ever.
 * @param limit Milliseconds.
 * @throws what the work throws, or that it takes too long; then it goes on unheard.
 */
export async function within<T>(limit: number, work: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${limit} ms`)), limit)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
