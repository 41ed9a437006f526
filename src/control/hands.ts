import { randomUUID } from 'node:crypto'
import type { Bots } from '../bots/bots.js'
import type { Altered } from '../chat/bots/alter.js'
import type { Chat } from '../chat/chat.js'
import type { Keeper } from '../chat/keep.js'
import type { Room } from '../chat/room.js'
import { texts, type Lang } from '../i18n/index.js'
import type { Listening } from '../listen.js'
import type { People } from '../people/people.js'
import type { Store } from '../store/store.js'
import type { Tokens } from '../tokens/tokens.js'

/** What an act of the command line has to work with; the same whether a server runs or not. */
export interface Hands {
  chat: Chat
  people: People
  store: Store
  tokens: Tokens
  /** Where the server listens; absent: none runs. */
  listening?: Listening
  /** Absent: no server runs. */
  bots?: Pick<Bots, 'roster' | 'missing'>
  /** Where the server looks for bots as files; absent: none runs. */
  folder?: string
  /** The last lines of the log that are about a bot, as JSON. */
  recent?: (bot: string) => readonly string[]
}

/** The same for one who asks. */
export interface AskedHands extends Hands {
  /** Of what has a name in each language. */
  lang: Lang
}

/** Who does what is asked for at the command line: whoever may read the data folder owns the server. */
export const CONSOLE = { id: null, name: 'console' }

/** The same, as a room's timeline shows it. */
export function keeper({ deps }: Chat): Keeper {
  const { console: name } = texts[deps.lang].room
  return { user: { id: 0, name, imageid: 'bot', kind: 'bot' }, actor: CONSOLE }
}

/** The same, for what changes in a room's timeline. */
export const byConsole = (room: Room, { chat, lang }: AskedHands): Altered => ({
  room,
  ...keeper(chat),
  cid: `console.${randomUUID()}`,
  lang,
})
