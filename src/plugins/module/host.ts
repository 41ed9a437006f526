import type { Command, Wakes } from '../../bots/hearing/wakes.js'
import type {
  Bot,
  BotContext,
  BotOptions,
  MessageContext,
  Middleware,
  NicknameGenerator,
  PluginHost,
  PluginLog,
} from '../../plugin.js'
import { checkCommand, checkCommands } from './check-commands.js'
import { checkTriggers } from './check-triggers.js'

/** What a plugin registered in its setup, in the order of its calls. */
export interface Registry {
  middleware: { run: Middleware; timeout?: number }[]
  bots: { run: Middleware; options: CheckedOptions }[]
  commands: (Command & { run: CommandRun })[]
  nicknames: NicknameGenerator[]
  /** To be called last first when the plugin stops. */
  cleanups: (() => unknown)[]
}

/** A command's function: what it returns, if it is a text, is read by who typed it. */
export type CommandRun = (ctx: MessageContext, args: string) => unknown

/** What a bot asked for, found right. */
export interface CheckedOptions extends Omit<BotOptions, 'triggers' | 'commands'> {
  triggers?: Wakes
  commands: readonly Command[]
}

/**
 * The host that a plugin's `setup` gets, and where its registrations end up. After `seal()` nothing can be
 * registered any more: the chains are made of what is there, and a message on its way never meets another.
 */
export function createHost(
  name: string,
  log: PluginLog,
  signal: AbortSignal,
): { host: PluginHost; registry: Registry; seal: () => void } {
  const registry: Registry = { middleware: [], bots: [], commands: [], nicknames: [], cleanups: [] }
  let sealed = false
  const check = (what: string, run: unknown) => {
    if (sealed) throw new Error(`host.${what} works in setup only`)
    if (typeof run !== 'function') throw new TypeError(`host.${what} needs a function`)
  }

  const host: PluginHost = {
    name,
    log,
    signal,
    use(run, { timeout } = {}) {
      check('use', run)
      registry.middleware.push(timeout === undefined ? { run } : { run, timeout })
    },
    bot(run, options = {}) {
      check('bot', run)
      for (const key of ['aliases', 'leaves'] as const) checkList(key, options[key])
      if (options.tools !== undefined && !isTools(options.tools))
        throw new TypeError('host.bot: tools must be a list of { name, url? }')
      if (options.rest !== undefined && typeof options.rest !== 'function')
        throw new TypeError('host.bot: rest must be a function')
      const { triggers, commands = [], ...rest } = options
      registry.bots.push({
        run: asMiddleware(run),
        options: {
          ...rest,
          commands: checkCommands(commands),
          ...(triggers && { triggers: checkTriggers(triggers) }),
        },
      })
    },
    command(name, run, words = {}) {
      check('command', run)
      registry.commands.push({ ...checkCommand({ ...words, name }), run })
    },
    nickname(generate) {
      check('nickname', generate)
      registry.nicknames.push(generate)
    },
    cleanup(undo) {
      check('cleanup', undo)
      registry.cleanups.push(undo)
    },
  }
  return { host, registry, seal: () => void (sealed = true) }
}

function checkList(key: string, value: unknown): void {
  const list = Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (value !== undefined && !list)
    throw new TypeError(`host.bot: ${key} must be a list of strings`)
}

const isTools = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (one: { name?: unknown; url?: unknown } | null) =>
      typeof one?.name === 'string' && ['string', 'undefined'].includes(typeof one.url),
  )

/** Undoes what a plugin registered, last first. What throws is logged and keeps nothing from its turn. */
export async function undo({ cleanups }: Registry, log: PluginLog): Promise<void> {
  for (const cleanup of cleanups.toReversed()) {
    try {
      await cleanup()
    } catch (error) {
      log.warn('cleanup failed', { error: String(error) })
    }
  }
}

/** In a bot's chain, which alone runs it, both are always set. It goes by the bot's own name where somebody looks for it. */
function asMiddleware(bot: Bot): Middleware {
  const run: Middleware = (ctx, next) => {
    if (!isBots(ctx)) throw new Error('a bot answers in its own chain alone')
    return bot(ctx, next)
  }
  return Object.defineProperty(run, 'name', { value: bot.name })
}

const isBots = (ctx: MessageContext): ctx is BotContext =>
  ctx.bot !== undefined && ctx.trigger !== undefined
