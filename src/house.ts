import { randomUUID } from 'node:crypto'
import { createBots, type Bots } from './bots/bots.js'
import { Chat } from './chat/chat.js'
import type { Clock } from './clock.js'
import { admitsBot, asBotRoom } from './chat/doors/access.js'
import { Roles } from './chat/order/roles.js'
import type { Command, CommandWords, RoomFace } from './chat/face.js'
import type { Config } from './config.js'
import { chooseLang, texts, type Lang } from './i18n/index.js'
import type { Logger } from './log.js'
import type { Meter } from './meter.js'
import { nickCommand, renameLine } from './people/nick.js'
import { createPeople, type People } from './people/people.js'
import { skeleton, skeletonRule } from './people/skeleton.js'
import type { User } from './protocol.js'
import type { Plugins } from './plugins/load.js'
import { roomName } from './room-name.js'
import type { Store } from './store/store.js'
import { programOf } from './tokens/program.js'
import { Tokens } from './tokens/tokens.js'
import { version } from './version.js'
import { isNear, neighbourhood } from './web/address.js'

/** Who is in the house and how they talk: people, chat, bots. */
export interface House {
  people: People
  tokens: Tokens
  chat: Chat
  bots: Bots
  nickname: (lang: Lang) => Promise<string>
}

/** Wires people, chat and bots over an open store, and reads what it keeps of them. */
export async function openHouse(
  config: Config,
  store: Store,
  plugins: Plugins,
  { log, clock, meter }: { log: Logger; clock: Clock; meter?: Meter },
): Promise<House> {
  // Bots speak through the chat's door, and the chat tells the bots what it heard.
  let bots: Bots | undefined
  let tokens: Tokens | undefined
  const roles = new Roles(store.roles)
  await roles.load()
  const people = createPeople({
    users: store.users,
    sessions: store.sessions,
    ttl: config.session.ttl,
    now: clock.now,
    role: (userId) => roles.of(userId),
    barred: (name) => chat.order.sanctions.bannedMs(null, { name: () => name }) > 0,
    reserved: () => [...config.plugins.map(({ name }) => name), ...(bots?.names() ?? [])],
  })
  const nickname = async (lang: Lang) => plugins.nickname(lang, await people.takenNow())
  const commands = new Map<string, Command>()
  const lang = chooseLang(config.server.language, undefined)
  const { slow: slow_ms, approval, unlisted, math } = config.rooms
  const fresh = { slow_ms, approval, unlisted, math }
  const chat: Chat = new Chat({
    store,
    roles,
    judgement: { areaOf: neighbourhood, isNear, skeleton },
    chain: plugins.chain,
    commands: {
      get(name, room, modeOf) {
        const command = commands.get(name)
        return command ? { command } : plugins.commands.get(name, room, modeOf)
      },
      list: (room, modeOf) => [
        ...plugins.commands.list(room, modeOf).filter(({ name }) => !commands.has(name)),
        ...ownCommands,
      ],
    },
    nickname,
    bots: (room) => bots?.members(room) ?? [],
    called: (room) => bots?.called(room) ?? [],
    aboutBots: async (room, who) => (await bots?.about(room, who)) ?? [],
    bot: (id) => bots?.byId(id),
    heard: (event, room, lang) => bots?.hear(event, room, lang),
    botRuled: (room, bot) => bots?.ruled(room, bot),
    moved: (how, user, room, lang) => bots?.moved(how, user, room, lang),
    async stillValid(sessions) {
      const ofBots = tokens?.stillValid(sessions) ?? []
      return new Set([...(await people.stillValid(sessions)), ...ofBots])
    },
    mayReturn: (userId) => people.anyPresent([userId]),
    create: config.rooms.create,
    fresh,
    limits: config.limits,
    lang,
    version,
    clock,
    ...(meter && { meter }),
    log,
  })
  commands.set('nick', nickCommand({ people, nickname, renamed: (u) => chat.renamed(u), lang }))
  people.onRenamed((before, user) => tellRename(chat, before, user, lang, log))
  people.onEnded((sidHash, why) => chat.endSession(sidHash, why === 'signed-out'))

  const door = {
    deliver: chat.deliver,
    takeBack: chat.takeBack,
    silence: chat.silence,
    answerFor: chat.answerFor,
    identify: (name: string, first: boolean) => store.users.bot(name, 'bot', first),
    values: store.botStore,
    messageChars: config.limits.message_chars,
    clock,
  }
  bots = await createBots({
    definitions: plugins.bots,
    rooms: (bot) => roomsOf(bot, chat, store),
    rules: chat.policies,
    room: (name) => chat.rooms.find(name),
    known(which) {
      const name = typeof which === 'number' ? chat.rooms.nameOf(which) : roomName(which)
      const row = name === undefined ? undefined : chat.rooms.row(name)
      return row && asBotRoom(row)
    },
    async roomOfTwo(a, b) {
      const row = await store.rooms.between(a, b)
      return row && chat.rooms.find(row.name)
    },
    lang,
    log,
    ...(meter && { meter }),
    ...door,
  })
  plugins.open(door)
  await store.users.renewSkeletons({ rule: skeletonRule, skeleton })
  await chat.order.sanctions.load()
  await chat.policies.load()
  await chat.rooms.load()
  for (const name of ['lobby', ...config.rooms.names]) {
    await chat.rooms.ensure(roomName(name) ?? name, '')
  }
  tokens = await openTokens(store, { config, chat, bots, people, clock, log })
  return { people, tokens, chat, bots, nickname }
}

/** Whether there is a host. One who cannot come in any more, because the session is over, is none. */
export const hasHost = ({ chat, people }: House): Promise<boolean> =>
  people.anyPresent(chat.order.roles.hosts())

/** The bots that are programs elsewhere. They are in their rooms, whether their programs are here or not. */
function openTokens(
  store: Store,
  {
    config,
    chat,
    bots,
    people,
    clock,
    log,
  }: Omit<House, 'tokens' | 'nickname'> & { config: Config; clock: Clock; log: Logger },
): Promise<Tokens> {
  const configured = config.plugins.map(({ name }) => name)
  return Tokens.open({
    store: store.tokens,
    identify: (name) => store.users.bot(name, 'bot', false),
    judge(name, own) {
      const others = bots.names().filter((other) => !own.has(other))
      return people.judgeBot(name, [...configured, ...others])
    },
    async room(name) {
      const room = await chat.rooms.find(name)
      return room && room.settings.kind !== 'direct' ? room.name : undefined
    },
    async changed(bot, { was, is, has, up }) {
      // It may have a section of its own since; then it is that bot.
      if (configured.includes(bot.name)) return
      if (!has) await bots.remove(bot.name)?.finished(0)
      else if (!bots.byId(bot.id)) await bots.put(programOf(bot, { belongs: is, up }))
      chat.tellOfBot('came', bot, (room) => is(room) && !was(room))
      chat.tellOfBot('went', bot, (room) => was(room) && !is(room))
    },
    ended: (session) => chat.endSession(session, true),
    admits: admitsBot,
    now: clock.now,
    log,
  })
}

/** Commands that the server answers itself. */
export const ownCommands: readonly CommandWords[] = [
  {
    name: 'nick',
    aliases: [],
    help: { 'zh-CN': texts['zh-CN'].commands.nick, en: texts.en.commands.nick },
  },
]

/** Where a bot's time comes: where somebody is, or it has stored something. */
async function roomsOf(bot: User, { rooms }: Chat, { botStore }: Store): Promise<RoomFace[]> {
  const busy = [...rooms.all()].filter((room) => room.people() > 0)
  const kept = await Promise.all((await botStore.rooms(bot.id)).map((name) => rooms.find(name)))
  return [...new Set([...busy, ...kept])].filter((room) => room !== undefined)
}

/** Somebody came back from the sign-in page under another name or face. */
function tellRename(chat: Chat, before: User, user: User, lang: Lang, log: Logger): void {
  const rooms = chat.renamed(user)
  if (before.name === user.name) return
  const notice = { user, cid: `rename.${randomUUID()}`, ...renameLine(before, user, lang) }
  Promise.all(rooms.map((room) => room.notice(notice))).catch((error: unknown) => {
    log.error({ err: error, user: user.id }, 'a new name could not be told')
  })
}
