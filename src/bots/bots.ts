import type {
  AnswerFor,
  BotRoom,
  BotRules,
  Deliver,
  Heard,
  Moved,
  Recall,
  RoomFace,
  Silence,
} from '../chat/face.js'
import type { Clock } from '../clock.js'
import { commandIn } from '../command-line.js'
import type { Lang, Sentence } from '../i18n/index.js'
import type { Logger } from '../log.js'
import { Meter } from '../meter.js'
import { Names, openingIn, type Called } from '../calls.js'
import type { BotInfo, User } from '../protocol.js'
import type { Asking } from './about.js'
import { Bot } from './bot.js'
import { hasCommand, heedsCommands, unruled } from './hearing/calling.js'
import type { BotDefinition } from './definition.js'
import { forgetful, type Values } from './keep.js'
import { openPort, type Port } from './port.js'
import { Voice } from './speaking/voice.js'

export interface BotsOptions {
  /** In the order of the configuration: the first has id 0. */
  definitions: readonly BotDefinition[]
  deliver: Deliver
  takeBack?: Recall
  silence?: Silence
  answerFor?: AnswerFor
  /** The bot of this name in the store; `first` gets id 0. */
  identify: (name: string, first: boolean) => Promise<User>
  log: Logger
  /** Counts what they do. */
  meter?: Meter
  /** Code points of a message (`[limits] message_chars`). */
  messageChars?: number
  /** @default the machine's clocks */
  clock?: Clock
  /** From 0 to 1; for bots that speak by chance. */
  random?: () => number
  /** Where bots keep their values; without it they are gone with the program. */
  values?: Values
  /** Rooms in which a bot's time comes: where somebody is, or the bot has stored something. */
  rooms?: (bot: User) => Promise<readonly RoomFace[]>
  /** The room of these two, if there is one. */
  roomOfTwo?: (a: number, b: number) => Promise<RoomFace | undefined>
  /** A room by name. */
  room?: (name: string) => Promise<RoomFace | undefined>
  /** What is known of a room, by its name or its row in the store, without asking the store. */
  known?: (which: string | number) => BotRoom | undefined
  /** Calls a function again and again, until what it returns is called. */
  every?: (ms: number, run: () => void) => () => void
  /** What moderators let them do. @default everything */
  rules?: BotRules
  /** Of rooms, where nobody speaks. */
  lang?: Lang
}

/** The bots that are here, and what the chat asks of them and tells them. */
export interface Bots {
  /** The bots that are members of this room, in the order of the configuration. */
  members(room: BotRoom): User[]
  byId(id: number): User | undefined
  /** Names and aliases: people may not take them. @param but Left out is the bot of this name. */
  names(but?: string): string[]
  /** Those of a room, as people call them by `@name`. */
  called(room: BotRoom): Called[]
  hear: Heard
  moved: Moved
  /** A room lets a bot do something else than before. */
  ruled(room: RoomFace, bot: number): void
  /** Those of a room, for who asks. */
  about(room: RoomFace, who: Asking): Promise<BotInfo[]>
  /** All of them, for who runs the server. */
  roster(lang: Lang): BotInfo[]
  /** How many there are, by what they do. */
  states(): Record<BotInfo['state'], number>
  /** For programs elsewhere that are bots here. */
  port: Port
  /** A bot comes, or another version takes the place of the one of its name. */
  put(definition: BotDefinition): Promise<Placed>
  /** A bot goes; undefined if there is none of this name. */
  remove(name: string): Removed | undefined
  /** What the host should know of a bot, or why it is not there. */
  broken(name: string, sentence: Sentence, kind?: 'broken' | 'worker'): void
  /** Those that did not come, and why. */
  missing(lang: Lang): { name: string; why: string }[]
  /** One that did not come is not wanted any more. */
  forget(name: string): void
  /** Resolves when no bot has anything to do. */
  idle(): Promise<void>
  /** Stops what runs and waits for it. */
  close(): Promise<void>
}

/** A bot that hears nothing more. Who took it away lets it finish: until then it is not forgotten. */
export interface Removed {
  user: User
  isIn: (room: BotRoom) => boolean
  /** Resolves when what it had taken up is done, or was stopped after so many milliseconds. */
  finished: (limit: number) => Promise<void>
}

/** A bot that has taken its place, and the version that had it before. */
export interface Placed {
  user: User
  isIn: (room: BotRoom) => boolean
  before?: Removed
}

/** Makes the bots members: they hear what is durable, each in a task of its own, and answer through the door. */
export async function createBots(options: BotsOptions): Promise<Bots> {
  const stopped = new Set<string>()
  const values = options.values ?? forgetful()
  const rules = options.rules ?? unruled
  const meter = options.meter ?? new Meter()
  const leaving = new Set<Bot>()
  const missing = new Map<string, Sentence>()
  const timers = new Map<Bot, () => void>()
  let bots: readonly Bot[] = []
  let openings = new Names()
  let heard = 0

  const become = (next: readonly Bot[]) => {
    bots = next
    openings = new Names(bots.map(asCalled))
  }
  const named = (name: string) => bots.find(({ definition }) => definition.name === name)
  const gone = (bot: Bot): Removed => {
    timers.get(bot)?.()
    timers.delete(bot)
    leaving.add(bot)
    return {
      user: bot.user,
      isIn: (room) => bot.isIn(room),
      finished: (limit) => bot.finished(limit).finally(() => leaving.delete(bot)),
    }
  }

  /** Those that a line with their command alone reaches. */
  const heedingIn = (room: RoomFace) => {
    const here = bots.filter((bot) => bot.isIn(room) && rules.modeOf(room, bot.user.id) !== 'off')
    return room.two || room.sandbox
      ? here
      : here.filter(({ definition }) => heedsCommands(definition))
  }

  const startTimer = (bot: Bot) => {
    const { timer } = bot.definition.triggers ?? {}
    if (timer === undefined) return
    const tick = async () => {
      const rooms = (await options.rooms?.(bot.user)) ?? []
      for (const room of rooms) if (bot.isIn(room)) bot.tick(room, options.lang ?? 'en')
    }
    const { every = everySoOften } = options
    const failed = (err: unknown) => options.log.error({ err }, "a bot's time could not be told")
    timers.set(
      bot,
      every(timer, () => void tick().catch(failed)),
    )
  }

  const put = async (definition: BotDefinition, first: boolean): Promise<Placed> => {
    const user = await options.identify(definition.name, first)
    const before = named(definition.name)
    const voice = new Voice(user, { ...options, stopped })
    const bot = new Bot({
      ...options,
      definition,
      user,
      voice,
      values,
      rules,
      meter,
      ...(before && { before }),
    })
    missing.delete(definition.name)
    become(before ? bots.with(bots.indexOf(before), bot) : [...bots, bot])
    bot.takeUp(before?.retire() ?? [])
    startTimer(bot)
    return { user, isIn: (room) => bot.isIn(room), ...(before && { before: gone(before) }) }
  }

  const lang = options.lang ?? 'en'
  const nobody = async () => undefined
  const { port, ear } = openPort({
    named,
    rules,
    lang,
    room: options.room ?? nobody,
    known: options.known ?? (() => undefined),
    rooms: options.rooms ?? (async () => []),
    roomOfTwo: options.roomOfTwo ?? nobody,
  })

  // One after the other: ids are given in the order of the configuration.
  for (const [index, definition] of options.definitions.entries())
    await put(definition, index === 0)

  return {
    members: (room) => bots.filter((bot) => bot.isIn(room)).map(({ user }) => user),
    byId: (id) => bots.find(({ user }) => user.id === id)?.user,
    names: (but) => bots.filter((bot) => bot.definition.name !== but).flatMap(namesOf),
    called: (room) => bots.filter((bot) => bot.isIn(room)).map(asCalled),
    hear(event, room, lang) {
      heard += 1
      for (const bot of [...bots, ...leaving]) bot.change(event, room)
      const here = bots.filter((bot) => bot.isIn(room))
      if (event.type === 'answer') for (const bot of here) bot.answered(event, room, lang)
      ear.heard(event, room)
      if (event.type !== 'chat' || event.recalled) return
      const opening = openingIn(event.data, openings)
      const called = new Set(here.map(({ user }) => user.id).filter((id) => id === opening))
      const command = commandIn(event.data)
      const owner = command && ownerOf(command.name, heedingIn(room))?.user.id
      const line = { event, room, lang, called, ...(owner !== undefined && { owner }) }
      for (const bot of here) bot.hear(line)
    },
    moved(how, user, room, lang) {
      for (const bot of bots) if (bot.isIn(room)) bot.moved(how, user, room, lang)
      ear.moved(how, user, room)
    },
    ruled(room, bot) {
      if (rules.modeOf(room, bot) !== 'off') return
      for (const each of [...bots, ...leaving]) if (each.user.id === bot) each.hush(room)
    },
    about(room, who) {
      const heeding = heedingIn(room)
      const told = async (bot: Bot) => {
        const about = bot.about(room, who)
        // Of one that is off, or is to be called by its name: what it would answer.
        const rivals = heeding.includes(bot) ? heeding : [bot]
        const commands = about.commands.filter((name) => ownerOf(name, rivals) === bot)
        return { ...about, commands, ...(await bot.restFor(room, who.asker)) }
      }
      return Promise.all(bots.filter((bot) => bot.isIn(room)).map(told))
    },
    roster: (lang) => bots.map((bot) => bot.about(undefined, { inside: true, lang })),
    states() {
      const count = { ready: 0, busy: 0, resting: 0, off: 0 }
      for (const { state } of bots) count[state] += 1
      return count
    },
    port,
    put: (definition) => put(definition, false),
    remove(name) {
      const bot = named(name)
      if (!bot) return undefined
      become(bots.filter((other) => other !== bot))
      bot.retire()
      return gone(bot)
    },
    broken(name, sentence, kind) {
      const bot = named(name)
      if (bot) bot.broken(sentence, kind)
      else missing.set(name, sentence)
    },
    missing: (lang) => [...missing].map(([name, why]) => ({ name, why: why(lang) })),
    forget: (name) => void missing.delete(name),
    async idle() {
      // What one says, another may answer.
      for (let count = -1; count !== heard;) {
        count = heard
        await Promise.all([...bots, ...leaving].map((bot) => bot.idle()))
      }
    },
    async close() {
      for (const stop of timers.values()) stop()
      await Promise.all([...bots, ...leaving].map((bot) => bot.close()))
    },
  }
}

/** The bot that has a command in the menu; of several the first that does not yield. */
function ownerOf(command: string, bots: readonly Bot[]): Bot | undefined {
  const owners = bots.filter(({ definition }) => hasCommand(definition, command))
  return owners.find(({ definition }) => !definition.yields) ?? owners[0]
}

const asCalled = (bot: Bot): Called => ({ id: bot.user.id, names: namesOf(bot) })

function everySoOften(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms).unref()
  return () => clearInterval(timer)
}

const namesOf = ({ definition }: Bot): string[] => [definition.name, ...definition.aliases]
