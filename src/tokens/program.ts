import type { BotDefinition } from '../bots/definition.js'
import type { BotRoom } from '../chat/face.js'
import { fill, texts } from '../i18n/index.js'
import type { User } from '../protocol.js'

export interface ProgramOptions {
  belongs: (room: BotRoom) => boolean
  /** Its program can come in. */
  up: () => boolean
}

/** A program elsewhere as one of the server's bots: a member, called and ruled like the others, which nothing wakes here. */
export const programOf = ({ name }: User, { belongs, up }: ProgramOptions): BotDefinition => ({
  name,
  aliases: [],
  rooms: [],
  belongs,
  up,
  trouble: (lang) => (up() ? undefined : fill(texts[lang].api.expired, { name })),
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
