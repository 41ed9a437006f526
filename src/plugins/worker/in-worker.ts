import type { Match } from '../../bots/hearing/wakes.js'
import type { Section } from '../../config/sections.js'
import type { BotRest, Hear, Next } from '../../plugin.js'
import type { PluginLimits } from '../limits.js'
import type { Part } from './messages.js'
import type { Parts, Runtime } from '../load/parts.js'
import type { WorkerHost } from './worker-host.js'
import { Share } from './share.js'
import type { Thread } from './thread.js'
import { workerNickname } from './nickname.js'

export interface InWorkerOptions {
  host: WorkerHost
  limits: PluginLimits
  where: Runtime['where']
  /** Of this version of the section. */
  key: string
  /** What a bot hears that is a function alone. */
  hear?: Hear
}

type Rest = (part: Part, asker: { room: string; person: number }) => Promise<readonly BotRest[]>

/** So long a panel waits for what is left, in milliseconds. */
const REST_MS = 500

/** Behind a command there is nothing. */
const nothing: Next = async () => undefined

/**
 * Runs a plugin in a worker thread: what it registers there becomes parts of ours that call it.
 * @throws when the module cannot be loaded, or offers no plugin.
 */
export async function inWorker(
  file: string,
  { kind, name }: Section,
  { host, limits, where, key, hear }: InWorkerOptions,
): Promise<Runtime> {
  const section = { key, kind, name, file }
  const schema = await host.describe(hear === undefined ? section : { ...section, hear })
  const part = (list: Part['list'], index: number): Part => ({ section: key, list, index })
  const thread = () => host.threadOf(key)
  const share = new Share(limits)
  /** What others do in the thread meanwhile counts as well; who takes much is soon the one who waits. */
  const measured = async <T>(there: Thread, work: () => Promise<T>): Promise<T> => {
    const before = there.busy
    try {
      return await work()
    } finally {
      share.took(Math.max(0, there.busy - before)) // of one that ended by itself nobody knows
    }
  }

  /** Somebody looks at a card: it is told what is known by now. */
  const rest: Rest = async (of, asker) => {
    if (!host.runs(key)) return []
    const question = { type: 'rest' as const, part: of, asker }
    return (await thread().ask(question, REST_MS)) as readonly BotRest[] // who shows it looks at it
  }

  return {
    where,
    schema,
    release: () => host.forget(key),
    async setUp(config): Promise<Parts> {
      const manifest = await host.setUp(key, config)
      return {
        up: () => host.runs(key),
        wait: () => share.wait,
        middleware: manifest.middleware.map((options, index) => ({
          ...options,
          run: { part: part('middleware', index), thread },
        })),
        bots: manifest.bots.map(({ options, counts }, index) => ({
          options,
          ...(counts && { rest: (asker) => rest(part('bots', index), asker) }),
          // Nobody waits for a bot, so a bot can wait for its worker.
          run: async (ctx, next) => {
            const there = await host.threadFor(key, ctx.signal)
            return measured(there, () => there.run(part('bots', index), ctx, next))
          },
          // When it takes too long the worker ends, or it would be busy with it for ever.
          matches: async (text) => {
            const question = { type: 'match' as const, part: part('bots', index), text }
            const there = thread()
            const asked = measured(there, () => there.ask(question, limits.own))
            return (await asked) as Match | undefined
          },
        })),
        commands: manifest.commands.map((command, index) => ({
          ...command,
          run: async (ctx) => thread().run(part('commands', index), ctx, nothing),
        })),
        nicknames: Array.from({ length: manifest.nicknames }, (_, index) =>
          workerNickname(thread, { key, index, limit: limits.nickname }),
        ),
        stop: () => host.forget(key),
      }
    },
  }
}
