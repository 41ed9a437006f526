import type { Server } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type KoaWebsocket from 'koa-websocket'
import type { Called } from '../calls.js'
import type { Clock } from '../clock.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import { Meter } from '../meter.js'
import type { User } from '../protocol.js'
import type { FreshRoom, Store } from '../store/store.js'
import { createAsk } from './asked.js'
import { attach, type AttachOptions } from './attach.js'
import { Attention } from './attention/attention.js'
import { Listing } from './attention/listing.js'
import { Telling } from './attention/telling.js'
import { createAlter, createTakeBack, type Alter } from './bots/alter.js'
import { createAnswerFor } from './bots/answer-for.js'
import { mayHear } from './bots/hearing.js'
import { modesIn } from './bots/modes.js'
import { Policies } from './bots/policies.js'
import { createSilence } from './bots/silence.js'
import { createChange } from './change.js'
import { closeChat } from './closing.js'
import { Connections } from './connections.js'
import { createDeliver } from './deliver.js'
import type { AboutBots, ChatDeps, ChatLimits } from './deps.js'
import { Doors } from './doors/doors.js'
import { Guesses } from './doors/guesses.js'
import { Pairs } from './doors/pairs.js'
import { createVisits } from './doors/visits.js'
import { createEndSession, type EndSession } from './end-session.js'
import type {
  Ask,
  BotRoom,
  Commands,
  Deliver,
  Gate,
  Heard,
  Moved,
  Recall,
  Silence,
  AnswerFor,
  RoomChain,
  RoomFace,
  Visits,
} from './face.js'
import { Heartbeat } from './heartbeat.js'
import { Journal } from './journal.js'
import { PersonLimit } from './limits.js'
import { classic } from './lines/classic.js'
import { Guests } from './lines/guests.js'
import { lineSocket } from './lines/line-socket.js'
import { plain } from './lines/plain.js'
import { Order, type Judgement } from './order/order.js'
import type { Roles } from './order/roles.js'
import { Outbox } from './outbox.js'
import { pipeline } from './pipeline.js'
import { Whereabouts } from './presence/whereabouts.js'
import { Reception } from './reception.js'
import type { Room } from './room.js'
import { Rooms } from './rooms.js'
import { readFrames } from './socket.js'
import { UnderWay } from './under-way.js'

export interface ChatOptions {
  store: Store
  roles: Roles
  judgement: Judgement
  chain: RoomChain
  commands: Commands
  nickname: (lang: Lang) => Promise<string>
  /** The bots that are members of a room. */
  bots: (room: BotRoom) => User[]
  /** The same as people call them: by name and alias. */
  called: (room: BotRoom) => readonly Called[]
  /** What is told of them; `inside` to moderators, and what is left for the asker. */
  aboutBots: AboutBots
  /** A bot that is here, by id. */
  bot: (id: number) => User | undefined
  heard: Heard
  /** Told when a room lets a bot do something else than before. */
  botRuled?: (room: RoomFace, bot: number) => void
  /** Told when a person comes into a room or leaves it. */
  moved: Moved
  /** Which of these sessions are still valid. */
  stillValid: (sidHashes: readonly string[]) => Promise<ReadonlySet<string>>
  /** Has somebody a session that they can come back with? */
  mayReturn: (userId: number) => Promise<boolean>
  create: 'anyone' | 'host' | 'nobody'
  /** How a new room is kept. */
  fresh: FreshRoom
  limits: ChatLimits
  /** Of lines that the server puts into a timeline. */
  lang: Lang
  version: string
  clock: Clock
  /** Counts what happens. */
  meter?: Meter
  log: Logger
}

/** The message path of one node, put together. */
export class Chat {
  readonly rooms: Rooms
  /** The door for bots and gateways. */
  readonly deliver: Deliver
  /** For who has no connection. */
  readonly alter: Alter
  readonly takeBack: Recall
  readonly silence: Silence
  readonly answerFor: AnswerFor
  /** The rooms, for the pages. */
  readonly visits: Visits
  readonly connections = new Connections()
  readonly order: Order
  readonly policies: Policies
  /** What steps and handlers work with; the command line as well. */
  readonly deps: ChatDeps
  readonly endSession: EndSession
  /** Says good-bye, answers everything that was taken, closes all sockets with 1012. */
  readonly close: () => Promise<void>
  readonly #log: Logger
  readonly #journal: Journal
  readonly #attention: Attention
  readonly #telling: Telling
  readonly #whereabouts: Whereabouts
  readonly #reception: Reception
  /** For those who have a token and no connection. */
  readonly ask: Ask

  constructor(options: ChatOptions) {
    const { store, roles, heard, limits, clock, meter = new Meter(), log } = options
    const { connections } = this
    this.#log = log
    const underWay = new UnderWay()
    const guests = new Guests()
    const outbox = new Outbox(meter)
    const look = (room: Room, userId: number) => this.#whereabouts.look(room, userId)
    this.order = new Order({
      store,
      roles,
      connections,
      rooms: () => this.rooms,
      gone: (userId) => this.#whereabouts.gone(userId),
      ruled: (row, userId) => {
        const room = this.rooms.openById(row.id) // nobody is in one that is not open
        if (room) look(room, userId)
        telling.ruled(row, userId)
      },
      watchList: (userId) => telling.watchList(userId),
      clock,
      log,
      ...options.judgement,
    })
    this.policies = new Policies({
      store: store.power,
      roles,
      rooms: () => this.rooms,
      clock,
    })
    const { order, policies } = this
    this.#journal = new Journal({
      append: (drafts, now) => store.append(drafts, now),
      wait: (needs) => outbox.leavesIn(needs),
      now: clock.now,
      meter,
      log,
    })
    const journal = this.#journal
    const dialects = { classic, plain: plain(guests.addressOf) }
    this.rooms = new Rooms({
      rooms: store.rooms,
      events: store.events,
      epoch: store.epoch,
      create: options.create,
      fresh: options.fresh,
      bots: options.bots,
      called: options.called,
      known: (roomId) => store.rooms.known(roomId),
      lately: (roomId, since) => store.rooms.lately(roomId, since),
      started: clock.now(),
      wake: outbox.wakeChannel,
      dialects,
      notice: async (room, { notes, ...notice }) => {
        const { seq, at, event } = await journal.write({
          room,
          type: 'notice',
          received: notice.data,
          ...notice,
          extra: { notes },
        })
        return { seq, at, dup: !event }
      },
      roleIn: (room, userId) => roles.roleIn(room, userId),
      moved: options.moved,
      isElsewhere: (room, userId, inRoom) => this.#whereabouts.isElsewhere(room, userId, inRoom),
      elsewhere: (room) => this.#whereabouts.of(room),
      anyOutside: (room) => this.#whereabouts.anyOutside(room),
      clock,
      mayHear: (room, bot, event) => mayHear(policies, room, bot, event),
      roleOf: (userId) => roles.of(userId),
      heard: (room, event) => {
        attention.hear(room, event)
        // Until its first line a room is seen only while somebody of it is here: it may be in lists already.
        if (event.seq === 1 && (room.madeBy ?? 0) > 0) telling.relist(room.row, room.row)
      },
      topicChanged: (before, now) => {
        rooms.changed(now)
        telling.changed(before, now)
      },
      meter,
      log,
    })
    const { rooms } = this
    const attention = new Attention({
      people: store.people,
      reads: store.reads,
      power: store.power,
      open: (roomId) => rooms.openById(roomId),
      changed: (room) => telling.soon(room),
      log,
    })
    const house = { store, rooms, roles, order, policies, attention, clock, connections, log }
    const listing = new Listing(house)
    const telling = new Telling({ ...house, listing })
    const guesses = new Guesses(options.judgement)
    const doors = new Doors({ ...house, telling, guesses, look })
    this.visits = createVisits({ doors, attention, listing, connections })
    this.#attention = attention
    this.#telling = telling
    this.#whereabouts = new Whereabouts({ attention, rooms, order, connections })
    this.deliver = underWay.counted(
      createDeliver({
        rooms,
        journal,
        chain: options.chain,
        isCommand: (name, room) =>
          options.commands
            .list(room.name, modesIn(room, policies))
            .some((each) => each.name === name || each.aliases.includes(name)),
        messageChars: limits.message_chars,
        heard,
        log,
      }),
    )
    this.alter = createAlter({ journal, order, heard, log })
    this.takeBack = createTakeBack(rooms, this.alter)
    this.answerFor = createAnswerFor({ rooms, journal, heard, log })
    this.silence = createSilence({ rooms, order })
    this.deps = {
      rooms,
      order,
      roomStore: store.rooms,
      events: store.events,
      search: store.search,
      people: store.people,
      invites: store.invites,
      doors,
      pairs: new Pairs({ ...house, telling, bot: options.bot }),
      attention,
      telling,
      deliver: this.deliver,
      change: createChange({ journal, heard, log }),
      commands: options.commands,
      nickname: options.nickname,
      aboutBots: options.aboutBots,
      policies,
      power: store.power,
      bot: options.bot,
      mayReturn: options.mayReturn,
      connections,
      botRuled: (room, bot) => options.botRuled?.(room, bot),
      limits,
      messages: new PersonLimit({ perMinute: limits.messages_per_minute, burst: limits.burst }),
      firstBot: () =>
        options.bots({ name: 'lobby' })[0] ?? { id: 0, name: '', imageid: 'bot', kind: 'bot' },
      clock,
      lang: options.lang,
      meter,
      log,
    }
    const run = underWay.counted(pipeline(this.deps))
    const turn = underWay.counted(nextTurn)
    this.ask = createAsk(run)
    this.#reception = new Reception({
      store,
      limits,
      clock,
      version: options.version,
      connections,
      rooms,
      order,
      attention,
      whereabouts: this.#whereabouts,
      telling,
      outbox,
      meter,
      guests,
      serve: {
        v1: (ws, connection) => {
          const ready = this.#reception.greet(connection)
          readFrames(ws, connection, { run, ready, turn, meter, log })
        },
        classic: lineSocket(this.deps, dialects.classic),
        plain: lineSocket(this.deps, dialects.plain),
      },
      log,
    })
    this.endSession = createEndSession({
      connections,
      whereabouts: this.#whereabouts,
      attention,
      rooms,
      mayReturn: options.mayReturn,
      log,
    })
    const heartbeat = new Heartbeat({
      connections,
      stillValid: options.stillValid,
      heads: (connection) => telling.heads(connection),
      ended: (sidHash) => this.endSession(sidHash, true),
      log,
    })
    this.close = () =>
      closeChat({
        reception: this.#reception,
        connections,
        rooms,
        journal,
        underWay,
        rest: [outbox, telling, order, this.#whereabouts, doors, attention, heartbeat, guests],
      })
  }

  /** Events that wait for their commit. */
  get waiting(): number {
    return this.#journal.waiting
  }

  /** Serves `GET /chat` on a server. */
  attach(
    app: KoaWebsocket.App,
    server: Server,
    gate: Gate,
    programs?: AttachOptions['programs'],
  ): void {
    attach({
      ...(programs && { programs }),
      count: (address) => this.connections.countElsewhere(address),
      app,
      server,
      gate,
      refuse: (address) => this.#reception.refuse(address),
      accept: (ws, socket, admission) => this.#reception.accept(ws, socket, admission),
      log: this.#log,
    })
  }

  /**
   * A person has another name or face: all sockets and rooms of theirs get to know it.
   * @returns the rooms they are in.
   */
  renamed(user: User): RoomFace[] {
    for (const connection of this.connections.ofUser(user.id)) connection.user = user
    const rooms = [...this.rooms.all()].filter(({ presence }) => presence.has(user.id))
    for (const room of rooms) room.presence.update(user)
    for (const place of this.#attention.renamed(user)) {
      if (place.listed) this.#telling.list(place.row, place)
    }
    this.#whereabouts.renamed(user)
    return rooms
  }

  /** A bot came into these rooms, went, or is another version of itself. */
  tellOfBot(how: 'came' | 'went' | 'changed', user: User, isIn: (room: BotRoom) => boolean): void {
    for (const room of this.rooms.all()) {
      const { presence } = room
      if (!isIn(room)) continue
      if (how === 'came') presence.botCame(user)
      else if (how === 'went') presence.botWent(user)
      else presence.botChanged(user)
    }
  }
}
