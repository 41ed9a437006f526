import type { Section } from '../config/sections.js'
import { sectionName } from './fault.js'
import type { Parts, Runtime } from './parts.js'
import type { WorkerHost } from './worker-host.js'

/**
 * Runs a plugin in a worker thread: what it registers there becomes parts of ours that call it.
 * @throws when the module cannot be loaded, or offers no plugin.
 */
export async function inWorker(
  file: string,
  { kind, name, ...section }: Section,
  { host, where }: { host: WorkerHost; where: Runtime['where'] },
): Promise<Runtime> {
  const key = sectionName({ ...section, kind, name })
  const schema = await host.describe({ key, kind, name, file })

  return {
    where,
    schema,
    async setUp(config): Promise<Parts> {
      const manifest = await host.setUp(key, config)
      const part = (list: 'middleware' | 'bots' | 'commands', index: number) =>
        ({ section: key, list, index }) as const
      return {
        up: () => host.runs(key),
        middleware: manifest.middleware.map((options, index) => ({
          ...options,
          run: host.middleware(part('middleware', index), { patient: false }),
        })),
        // Nobody waits for a bot, so a bot can wait for its worker.
        bots: manifest.bots.map((options, index) => ({
          options,
          run: host.middleware(part('bots', index), { patient: true }),
        })),
        commands: manifest.commands.map(({ name }, index) => ({
          name,
          run: host.command(part('commands', index)),
        })),
        nicknames: Array.from(
          { length: manifest.nicknames },
          (_, index) => (ask) => host.nickname(key, index, ask),
        ),
      }
    },
  }
}
