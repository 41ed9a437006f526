import type { BotRoom, BotRules, RoomFace } from '../chat/face.js'
import { ChatError } from '../errors.js'
import type { Lang } from '../i18n/index.js'
import type { NumberedEvent, User } from '../protocol.js'
import type { Bot } from './bot.js'

/** A bot's line or edit waits so long for its turn, in milliseconds. */
const PATIENCE_MS = 30_000

/** What a bot says that answers no line of its chain. */
export interface BotPost {
  /** Name of one of the bot's rooms; its first one, or the lobby, if not given. */
  room?: string
  text: string
  /** The same for the same line, however often it is sent. */
  key: string
  /** Number of the message that it stands under. */
  quotes?: number
  /** Somebody called the bot, and this is its answer: it may speak where it is to be silent otherwise. */
  called?: boolean
  /** It waits for its turn when the bot speaks too fast: its program would not send it again. */
  patient?: boolean
}

/** What a program elsewhere is told of its bot's rooms, in order, and never of what the bot did itself. */
export interface Listener {
  /** Something durable: a line, an edit, a recall … */
  heard(event: NumberedEvent, room: RoomFace): void
  moved(how: 'join' | 'left', user: User, room: RoomFace): void
}

/** What the server does for programs elsewhere that are bots here: one door for all their protocols. `bot` is the name of a section. */
export interface Port {
  /**
   * @returns the line's number once it is durable; 0: the bot speaks too fast.
   * @throws {ChatError} what the door says, such as `no_such_room`, `denied`, `cid_conflict`, `overloaded`.
   */
  post(bot: string, post: BotPost): Promise<number>
  /** Tells one person, if they are in the room. @returns false: the bot speaks too fast. @throws {ChatError} `no_such_room`, `denied`. */
  whisper(bot: string, aside: { room: string; to: number; text: string }): Promise<boolean>
  /**
   * Puts another text in place of a line of the bot's own, as soon as it may speak again.
   * @throws when it may not, or {@link PATIENCE_MS} were not enough.
   */
  edit(bot: string, line: { room: string; seq: number; text: string; key: string }): Promise<void>
  /** Takes back a line of the bot's own, or of anybody's if its section has `moderates`. @throws when it may not. */
  recall(bot: string, line: { room: string; seq: number }): Promise<void>
  /** The bot as a member. Undefined: there is none of this name. */
  self(bot: string): User | undefined
  /** A room that the bot is in: as in {@link BotPost}, if none is named. */
  room(bot: string, name?: string): Promise<RoomFace | undefined>
  /** A room that the bot is in by its row in the store, whether somebody is there or not. */
  roomById(bot: string, id: number): Promise<RoomFace | undefined>
  /** May the bot's program read it, as the room's moderators have it now? */
  mayRead(bot: string, event: NumberedEvent, room: RoomFace): boolean
  /** Rooms that the bot is in: its home, those where somebody is, where it has stored something, and that its section names. */
  rooms(bot: string): Promise<RoomFace[]>
  /** The room of the bot and this person; undefined: they never spoke. */
  roomOfTwo(bot: string, userId: number): Promise<RoomFace | undefined>
  /** @returns stops it. */
  listen(bot: string, listener: Listener): () => void
}

export interface PortOptions {
  named: (bot: string) => Bot | undefined
  rules: BotRules
  /** Of rooms, where nobody speaks. */
  lang: Lang
  room: (name: string) => Promise<RoomFace | undefined>
  /** What is known of a room without asking the store; undefined: there is none. */
  known: (which: string | number) => BotRoom | undefined
  rooms: (bot: User) => Promise<readonly RoomFace[]>
  roomOfTwo: (a: number, b: number) => Promise<RoomFace | undefined>
}

/** Where a bot speaks that names no room. */
const homeOf = (bot: Bot | undefined): string => bot?.definition.rooms[0] ?? 'lobby'

/** Makes the door, and the ear that tells who listens at it. */
export function openPort({ named, rules, lang, known, ...find }: PortOptions): {
  port: Port
  ear: Listener
} {
  const listeners = new Map<string, Set<Listener>>()

  /** A room that is none of the bot's is not opened either: by what it costs, too, it is one that is not there. */
  const roomOf = async (bot: Bot | undefined, which: string | number) => {
    const there = known(which)
    return there && bot?.isIn(there) ? find.room(there.name) : undefined
  }
  const placed = async (name: string, wanted: string | undefined) => {
    const bot = named(name)
    const room = await roomOf(bot, wanted ?? homeOf(bot))
    if (!bot || !room) throw new ChatError('no_such_room')
    return { bot, room }
  }
  /** The listeners of the bots that are in a room, may hear there, and did not do it themselves. */
  const ears = (room: BotRoom & { id: number }, by: User, isCall: (bot: Bot) => boolean) =>
    [...listeners].flatMap(([name, all]) => {
      const bot = named(name)
      if (!bot?.isIn(room) || bot.user.id === by.id) return []
      return hears(bot, room, by, isCall) ? [...all] : []
    })
  const hears = (bot: Bot, room: { id: number }, by: User, isCall: (bot: Bot) => boolean) => {
    if (rules.refusal(room, bot.user.id, by)) return false
    const mode = rules.modeOf(room, bot.user.id)
    return mode === 'active' || (mode === 'called' && isCall(bot))
  }

  const ear: Listener = {
    heard(event, room) {
      // What was taken back is told even to those who may not know what it was: they may have heard it before.
      const isCall = ({ user }: Bot) =>
        event.type === 'recall' || (event.mentions?.includes(user.id) ?? false)
      for (const one of ears(room, event.user, isCall)) one.heard(event, room)
    },
    moved(how, user, room) {
      for (const one of ears(room, user, () => false)) one.moved(how, user, room)
    },
  }
  const port: Port = {
    async post(name, { room: wanted, text, patient, ...about }) {
      const { bot, room } = await placed(name, wanted)
      const waits = patient ? { patience: AbortSignal.timeout(PATIENCE_MS) } : {}
      return bot.byProgram.post(text, { room, lang, ...about, ...waits })
    },
    async whisper(name, { room: wanted, to, text }) {
      const { bot, room } = await placed(name, wanted)
      return bot.byProgram.tell(text, { room, lang, to })
    },
    async edit(name, { room: wanted, seq, text, key }) {
      const { bot, room } = await placed(name, wanted)
      await bot.byProgram.revise(seq, text, {
        room,
        lang,
        key,
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    },
    async recall(name, { room: wanted, seq }) {
      const { bot, room } = await placed(name, wanted)
      await bot.byProgram.takeBack(seq, { room, lang })
    },
    self: (name) => named(name)?.user,
    room(name, wanted) {
      const bot = named(name)
      return roomOf(bot, wanted ?? homeOf(bot))
    },
    roomById: (name, id) => roomOf(named(name), id),
    mayRead(name, event, room) {
      const bot = named(name)
      if (!bot || event.user.id === bot.user.id) return bot !== undefined
      return hears(bot, room, event.user, ({ user }) => event.mentions?.includes(user.id) ?? false)
    },
    async rooms(name) {
      const bot = named(name)
      if (!bot) return []
      const own = await Promise.all([homeOf(bot), ...bot.definition.rooms].map(find.room))
      const all = new Set([...own, ...(await find.rooms(bot.user))])
      return [...all].filter((room) => room !== undefined).filter((room) => bot.isIn(room))
    },
    async roomOfTwo(name, userId) {
      const bot = named(name)
      return bot && (await find.roomOfTwo(userId, bot.user.id))
    },
    listen(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(listener))
      return () => void all.delete(listener)
    },
  }
  return { port, ear }
}
