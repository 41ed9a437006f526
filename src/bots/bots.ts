import type { Deliver, Heard, RoomFace } from '../chat/face.js'
import type { Logger } from '../log.js'
import type { BotInfo, User } from '../protocol.js'
import { Bot, type BotDefinition } from './bot.js'
import { callsIn } from './calls.js'
import { Voice } from './voice.js'

export type { BotDefinition }

export interface BotsOptions {
  /** In the order of the configuration: the first has id 0. */
  definitions: readonly BotDefinition[]
  deliver: Deliver
  /** The bot of this name in the store; `first` gets id 0. */
  identify: (name: string, first: boolean) => Promise<User>
  log: Logger
  /** Code points of a message (`[limits] message_chars`). */
  messageChars?: number
  /** A clock that never goes back, in milliseconds. */
  now?: () => number
}

export interface Bots {
  /** The bots that are members of this room, in the order of the configuration. */
  members(room: string): User[]
  /** Names and aliases: people may not take them. */
  names(): string[]
  hear: Heard
  /** Those of a room, for who asks: `inside` for who runs it. */
  about(room: RoomFace, who: { inside: boolean }): BotInfo[]
  /** Stops what runs and waits for it. */
  close(): Promise<void>
}

/** Makes the bots members: they hear what is durable, each in a task of its own, and answer through the door. */
export async function createBots(options: BotsOptions): Promise<Bots> {
  const bots = await introduce(options)
  const names = bots.map(({ user, definition }) => ({
    id: user.id,
    names: [definition.name, ...definition.aliases],
  }))
  const calls = callsIn(names)

  return {
    members: (room) => bots.filter((bot) => bot.isIn(room)).map(({ user }) => user),
    names: () => names.flatMap(({ names }) => names),
    hear(event, room, lang) {
      if (event.type !== 'chat' || event.recalled) return
      const here = bots.filter((bot) => bot.isIn(room.name))
      const named = calls(event.data)
      const called = new Set(here.map(({ user }) => user.id).filter((id) => named.has(id)))
      for (const bot of here) bot.hear({ event, room, lang, called })
    },
    about: (room, who) =>
      bots.filter((bot) => bot.isIn(room.name)).map((bot) => bot.about(room, who)),
    async close() {
      await Promise.all(bots.map((bot) => bot.close()))
    },
  }
}

/** One after the other: ids are given in the order of the configuration. */
async function introduce(options: BotsOptions): Promise<Bot[]> {
  const bots: Bot[] = []
  const stopped = new Set<string>()
  for (const [index, definition] of options.definitions.entries()) {
    const user = await options.identify(definition.name, index === 0)
    bots.push(
      new Bot({ ...options, definition, user, voice: new Voice(user, { ...options, stopped }) }),
    )
  }
  return bots
}
