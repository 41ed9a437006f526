import type { MessageContext, Middleware, NicknameGenerator, Plugin } from '../../plugin.js'
import type { BotDefinition } from '../../bots/definition.js'
import type { Command, Match } from '../../bots/hearing/wakes.js'
import type { CheckedOptions } from '../module/host.js'
import type { Part } from '../worker/messages.js'
import type { Thread } from '../worker/thread.js'

/** What a set-up plugin brings, wherever it runs. */
export interface Parts {
  middleware: { run: Middleware | Away; timeout?: number }[]
  bots: BotPart[]
  commands: (Command & { run: (ctx: MessageContext, args: string) => unknown })[]
  nicknames: NicknameGenerator[]
  /** Whether it runs; not given: always. */
  up?: () => boolean
  /** How long its bots take no turn, in milliseconds: they took much of the processor. Not given: they never wait. */
  wait?: () => number
  /** Undoes what it did. */
  stop: () => Promise<void>
}

/** Middleware in a worker. */
export interface Away {
  part: Part
  /** Where it is now. @throws {Unavailable} while it is nowhere. */
  thread(): Thread
}

/** A bot as its plugin registered it. */
export interface BotPart {
  run: Middleware
  options: CheckedOptions
  /** Whether one of its triggers' expressions matches. */
  matches: (text: string) => Promise<Match | undefined>
  /** What is left for somebody, if it is asked elsewhere than in its options. */
  rest?: BotDefinition['rest']
}

/** A loaded plugin, before its settings are known to be right. */
export interface Runtime {
  where: 'built-in' | 'in-process' | 'worker' | 'own worker'
  schema: NonNullable<Plugin['config']>
  /** @throws what the plugin's setup throws, or that it takes too long. */
  setUp(config: Record<string, unknown>): Promise<Parts>
  /** It is not wanted any more: what it holds besides its parts is let go. */
  release(): Promise<void>
}
