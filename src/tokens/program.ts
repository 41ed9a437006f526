import type { BotDefinition } from '../bots/definition.js'
import type { BotRoom } from '../chat/face.js'
import type { User } from '../protocol.js'

/** A program elsewhere as one of the server's bots: a member, called and ruled like the others, which nothing wakes here. */
export const programOf = ({ name }: User, belongs: (room: BotRoom) => boolean): BotDefinition => ({
  name,
  aliases: [],
  rooms: [],
  belongs,
  hear: 'all',
  triggers: {
    commands: [],
    keywords: [],
    regexes: [],
    mention: false,
    all: false,
    chance: 0,
    join: false,
    left: false,
    answer: false,
  },
  hearBots: true,
  timeout: 1_000,
  chain: [],
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
})

function nothing(): void {}
