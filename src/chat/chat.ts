import type { Server } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type KoaWebsocket from 'koa-websocket'
import type { Called } from '../calls.js'
import type { Clock } from '../clock.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import { Meter } from '../meter.js'
import { Close, type User } from '../protocol.js'
import type { FreshRoom, Store } from '../store/store.js'
import { createAlter, createTakeBack, type Alter } from './bots/alter.js'
import { createAsk } from './asked.js'
import { attach, type AttachOptions } from './attach.js'
import { Attention } from './attention/attention.js'
import { Listing } from './attention/listing.js'
import { Telling } from './attention/telling.js'
import { createChange } from './change.js'
import type { Connection } from './connection.js'
import { Connections } from './connections.js'
import { createDeliver } from './deliver.js'
import type { AboutBots, ChatDeps, ChatLimits } from './deps.js'
import { Doors } from './doors/doors.js'
import { leaveAll } from './enter.js'
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
import { Guesses } from './doors/guesses.js'
import { Heartbeat } from './heartbeat.js'
import { mayHear } from './bots/hearing.js'
import { Journal } from './journal.js'
import { classic } from './lines/classic.js'
import { Guests } from './lines/guests.js'
import { lineSocket } from './lines/line-socket.js'
import { plain } from './lines/plain.js'
import { Order, type Judgement } from './order/order.js'
import type { Roles } from './order/roles.js'
import { Policies } from './bots/policies.js'
import { PersonLimit } from './limits.js'
import { Outbox } from './outbox.js'
import { Pairs } from './doors/pairs.js'
import { pipeline } from './pipeline.js'
import { Reception } from './reception.js'
import { Rooms } from './rooms.js'
import { readFrames } from './socket.js'
import { createAnswerFor } from './bots/answer-for.js'
import { createSilence } from './bots/silence.js'
import { UnderWay } from './under-way.js'
import { createVisits } from './doors/visits.js'
import { Whereabouts } from './presence/whereabouts.js'

/** Closing many sockets goes in slices, so that they do not all come back at once. */
const BYE_SLICE = 200
const BYE_SLICE_MS = 50
const BACK_WITHIN_MS = 10_000
/** On closing, what was taken up may take this long to be answered: a plugin may have it. */
const LAST_ANSWERS_MS = 2_000

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
  readonly #options: ChatOptions
  readonly #journal: Journal
  readonly #guests = new Guests()
  readonly #outbox: Outbox
  readonly #underWay = new UnderWay()
  readonly #heartbeat: Heartbeat
  readonly #attention: Attention
  readonly #telling: Telling
  readonly #whereabouts: Whereabouts
  readonly #doors: Doors
  readonly #reception: Reception
  /** For those who have a token and no connection. */
  readonly ask: Ask

  constructor(options: ChatOptions) {
    const { store, log, limits, meter = new Meter() } = options
    this.#options = options
    this.#outbox = new Outbox(meter)
    this.order = new Order({
      store,
      roles: options.roles,
      connections: this.connections,
      rooms: () => this.rooms,
      clock: options.clock,
      log,
      ...options.judgement,
    })
    this.policies = new Policies({
      store: store.power,
      roles: options.roles,
      rooms: () => this.rooms,
      clock: options.clock,
    })
    this.#journal = new Journal({
      append: (drafts, now) => store.append(drafts, now),
      wait: () => this.#outbox.wait,
      now: options.clock.now,
      meter,
      log,
    })
    const dialects = { classic, plain: plain(this.#guests.addressOf) }
    this.rooms = new Rooms({
      rooms: store.rooms,
      events: store.events,
      epoch: store.epoch,
      create: options.create,
      fresh: options.fresh,
      bots: options.bots,
      called: options.called,
      known: (roomId) => store.rooms.known(roomId),
      wake: this.#outbox.wakeChannel,
      dialects,
      notice: async (room, { notes, ...notice }) => {
        const { seq, at, event } = await this.#journal.write({
          room,
          type: 'notice',
          received: notice.data,
          ...notice,
          extra: { notes },
        })
        return { seq, at, dup: !event }
      },
      roleIn: (room, userId) => options.roles.roleIn(room, userId),
      moved: options.moved,
      isHere: (userId) => this.#whereabouts.isHere(userId),
      elsewhere: (room) => this.#whereabouts.of(room),
      mayHear: (room, bot, event) => mayHear(this.policies, room, bot, event),
      roleOf: (userId) => options.roles.of(userId),
      heard: (room, event) => {
        this.#attention.hear(room, event)
        // Until its first line a room is seen only while somebody of it is here.
        if (event.seq === 1 && (room.madeBy ?? 0) > 0) this.#telling.relist(undefined, room.row)
      },
      meter,
      log,
    })
    this.#attention = new Attention({
      people: store.people,
      reads: store.reads,
      power: store.power,
      open: (roomId) => this.rooms.openById(roomId),
      changed: (room) => this.#telling.soon(room),
      log,
    })
    const { rooms, connections } = this
    const house = { store, rooms, roles: options.roles, clock: options.clock, connections, log }
    const attention = this.#attention
    const { policies } = this
    const listing = new Listing({ ...house, order: this.order, attention, policies })
    const telling = new Telling({ ...house, attention, listing })
    const guesses = new Guesses(options.judgement)
    const doors = new Doors({ ...house, order: this.order, attention, telling, guesses, policies })
    this.visits = createVisits({ doors, attention, listing, connections })
    this.#telling = telling
    this.#whereabouts = new Whereabouts({ attention, rooms, order: this.order })
    this.#doors = doors
    this.deliver = this.#underWay.counted(
      createDeliver({
        rooms: this.rooms,
        journal: this.#journal,
        chain: options.chain,
        messageChars: limits.message_chars,
        heard: options.heard,
        log,
      }),
    )
    const { heard } = options
    const { rooms: all, order } = this
    this.alter = createAlter({ journal: this.#journal, order, heard, log })
    this.takeBack = createTakeBack(all, this.alter)
    this.answerFor = createAnswerFor({ rooms: all, journal: this.#journal, heard, log })
    this.silence = createSilence({ rooms: all, order })
    this.deps = {
      rooms: this.rooms,
      order: this.order,
      roomStore: store.rooms,
      events: store.events,
      search: store.search,
      people: store.people,
      invites: store.invites,
      doors,
      pairs: new Pairs({ ...house, attention, telling, bot: options.bot }),
      attention,
      listing,
      telling,
      deliver: this.deliver,
      change: createChange({ journal: this.#journal, heard: options.heard, log }),
      commands: options.commands,
      nickname: options.nickname,
      aboutBots: options.aboutBots,
      policies: this.policies,
      power: store.power,
      bot: options.bot,
      mayReturn: options.mayReturn,
      connections,
      botRuled: (room, bot) => options.botRuled?.(room, bot),
      limits,
      messages: new PersonLimit({ perMinute: limits.messages_per_minute, burst: limits.burst }),
      firstBot: () =>
        options.bots({ name: 'lobby' })[0] ?? { id: 0, name: '', imageid: 'bot', kind: 'bot' },
      clock: options.clock,
      lang: options.lang,
      meter,
      log,
    }
    const run = this.#underWay.counted(pipeline(this.deps))
    const turn = this.#underWay.counted(nextTurn)
    this.ask = createAsk(run)
    this.#reception = new Reception({
      store,
      limits,
      version: options.version,
      connections,
      rooms,
      order,
      attention,
      whereabouts: this.#whereabouts,
      listing,
      outbox: this.#outbox,
      meter,
      guests: this.#guests,
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
    this.#heartbeat = new Heartbeat({
      connections: this.connections,
      stillValid: options.stillValid,
      heads: (connection) => telling.heads(connection),
      ended: (sidHash) => this.endSession(sidHash, true),
      log,
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
      log: this.#options.log,
    })
  }

  /**
   * A session ended: its sockets are closed.
   * @param atOnce The person is gone, and the others are told without grace.
   */
  endSession(sidHash: string, atOnce: boolean): void {
    const ending = this.connections.ofSession(sidHash)
    if (atOnce) this.#goneWith(ending)
    for (const connection of ending) {
      leaveAll(connection, { atOnce })
      connection.close(Close.invalidUser, 'Invalid user')
    }
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

  /** Says good-bye, answers everything that was taken, closes all sockets with 1012. */
  async close(): Promise<void> {
    this.#reception.close()
    for (const connection of this.connections) {
      if (connection.mode !== 'v1') continue
      const reconnect_in_ms = Math.round(Math.random() * BACK_WITHIN_MS)
      connection.send({ type: 'bye', reason: 'restart', reconnect_in_ms })
    }
    // What bots are writing is kept as far as it got, while there is a journal to keep it.
    await Promise.all([...this.rooms.all()].map(({ streams }) => streams.close()))
    await this.#journal.drain()
    await this.#underWay.finished(LAST_ANSWERS_MS)
    this.#outbox.close()
    this.#telling.close()
    this.#whereabouts.close()
    await this.#doors.close()
    await this.#attention.close()
    await this.#heartbeat.close()
    await this.#guests.close()
    await closeInSlices([...this.connections])
    this.rooms.close()
  }

  /** Who has no other connection than these is gone. */
  #goneWith(ending: readonly Connection[]): void {
    for (const { user } of ending) {
      const rest = this.connections.ofUser(user.id).filter((one) => !ending.includes(one))
      if (rest.length > 0) continue
      this.#whereabouts.gone(user.id)
      this.#tellIfForGood(user).catch((error: unknown) => {
        this.#options.log.error(
          { err: error, user: user.id },
          'that somebody signed out was not told',
        )
      })
    }
  }

  /** Nobody can ever sign in as the same again: who is in a room of two with them reads that nobody reads it. */
  async #tellIfForGood(user: User): Promise<void> {
    const places = [...this.#attention.placesOf(user.id).values()]
    if (await this.#options.mayReturn(user.id)) return
    for (const { row } of places) {
      const room = row.settings.kind === 'direct' ? this.rooms.open(row.name) : undefined
      const status = { type: 'status', room: row.name, user, elsewhere: false, gone: true }
      room?.tell(JSON.stringify(status))
    }
  }
}

async function closeInSlices(connections: readonly Connection[]): Promise<void> {
  for (let start = 0; start < connections.length; start += BYE_SLICE) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, BYE_SLICE_MS))
    for (const connection of connections.slice(start, start + BYE_SLICE)) {
      connection.close(Close.restart, 'restart')
    }
  }
}
