import type { Section } from '../config/sections.js'
import type { Hear } from '../plugin.js'
import type { Parts, Runtime } from './parts.js'
import type { WorkerHost } from './worker-host.js'

export interface InWorkerOptions {
  host: WorkerHost
  where: Runtime['where']
  /** Of this version of the section. */
  key: string
  /** What a bot hears that is a function alone. */
  hear?: Hear
}

/**
 * Runs a plugin in a worker thread: what it registers there becomes parts of ours that call it.
 * @throws when the module cannot be loaded, or offers no plugin.
 */
export async function inWorker(
  file: string,
  { kind, name }: Section,
  { host, where, key, hear }: InWorkerOptions,
): Promise<Runtime> {
  const section = { key, kind, name, file }
  const schema = await host.describe(hear === undefined ? section : { ...section, hear })

  return {
    where,
    schema,
    release: () => host.forget(key),
    async setUp(config): Promise<Parts> {
      const manifest = await host.setUp(key, config)
      const part = (list: 'middleware' | 'bots' | 'commands', index: number) =>
        ({ section: key, list, index }) as const
      return {
        up: () => host.runs(key),
        middleware: manifest.middleware.map((options, index) => ({
          ...options,
          run: { part: part('middleware', index), thread: () => host.threadOf(key) },
        })),
        bots: manifest.bots.map((options, index) => ({
          options,
          run: host.bot(part('bots', index)),
          matches: (text) => host.match(part('bots', index), text),
        })),
        commands: manifest.commands.map((command, index) => ({
          ...command,
          run: host.command(part('commands', index)),
        })),
        nicknames: Array.from(
          { length: manifest.nicknames },
          (_, index) => (ask) => host.nickname(key, index, ask),
        ),
        stop: () => host.forget(key),
      }
    },
  }
}
