import type { Called } from '../calls.js'
import type { Clock } from '../clock.js'
import type { Lang } from '../i18n/index.js'
import { roomTitle } from '../i18n/room-title.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { FormValues, NumberedEvent, Role, RoomSettings, User } from '../protocol.js'
import type { EventStore, RoomRow } from '../store/store.js'
import { isSandbox } from './bots/sandbox.js'
import { Channel, type Listener } from './channel.js'
import type { Connection } from './connection.js'
import { isGuarded } from './doors/access.js'
import type { BotRoom, Delivered, Growing, Moved, Notice, RoomFace, StreamOpening } from './face.js'
import { FanOut } from './fan-out.js'
import { initialsOf } from './initials.js'
import type { Dialect, LineMode, Moment, Readers } from './lines/dialect.js'
import { Mentions } from './mentions.js'
import { Past } from './past.js'
import { inOrder } from './presence/members.js'
import { Presence } from './presence/presence.js'
import { LATELY_MS, Returning, type Awaited } from './presence/returning.js'
import { may } from './rights.js'
import { SharedList } from './shared-list.js'
import { Streams } from './streams.js'
import { jsonFrame, textFrame } from './wire.js'

export interface RoomDeps {
  events: EventStore
  /** The server's epoch; the room's is made of it. */
  epoch: string
  clock: Clock
  meter?: Meter
  log: Logger
  wake: (channel: Channel) => void
  dialects: Readonly<Record<LineMode, Dialect>>
  bots: (room: BotRoom) => User[]
  called: (room: BotRoom) => readonly Called[]
  /** Who belongs to a room, the newest first. */
  known: (roomId: number) => Promise<User[]>
  /** Ids of those who belong to a room and were on the server since then, in whatever room. */
  lately: (roomId: number, since: number) => Promise<readonly number[]>
  /** When the server was started. */
  started: number
  notice: (room: Room, notice: Notice) => Promise<Delivered>
  roleIn: (room: Room, userId: number) => Role | undefined
  /** Told of people, not of bots. */
  moved: Moved
  /** Does somebody belong to a room and have a connection outside it; with `inRoom`, one that is in another room already? */
  isElsewhere: (room: Room, userId: number, inRoom: boolean) => boolean
  /** Who belongs to a room and is in another one now. */
  elsewhere: (room: Room) => User[]
  /** Is there anybody of these? */
  anyOutside: (room: Room) => boolean
  /** May a bot's program be told of it? No event: of something that is not numbered. */
  mayHear?: (room: Room, bot: number, event?: NumberedEvent) => boolean
  /** Told of each event, just before it is handed out. */
  heard?: (room: Room, event: NumberedEvent) => void
  /** Told when it is about something else now. @param before How it was kept until then. */
  topicChanged?: (before: RoomRow, now: RoomRow) => void
}

/** A connection's being in a room. */
export interface Membership {
  readonly connection: Connection
  readonly room: Room
  /** Set once it hears what is said; before that it is catching up. */
  listener: Listener | undefined
  /** It left: catching up stops. */
  over: boolean
}

/** One room on this node: who is in it, who listens, what was said last. */
export class Room implements RoomFace {
  readonly id: number
  readonly name: string
  readonly epoch: string
  readonly floor: number
  readonly v1: Channel
  readonly classic: Channel
  readonly plain: Channel
  /** Who reads bare lines. */
  readonly lines: readonly Readers[]
  readonly fanOut: FanOut
  readonly past: Past
  readonly presence: Presence
  readonly streams: Streams
  readonly mentions: Mentions
  /** What newcomers are told of who is here and what was said last. */
  readonly firstMembers = new SharedList()
  readonly lastEvents = new SharedList()
  /** They had their `joined` and are still being told the past: they are told comings and goings one by one. */
  readonly catchingUp = new Set<Membership>()
  /** Those of bots' programs that hear what is said: each is told what its bot may hear, one by one. */
  readonly programs = new Set<Membership>()
  /** Pages of bare lines that are told whether they may speak: each looks anew whenever that may be another. */
  readonly lookers = new Set<() => void>()
  readonly log: Logger
  #row: RoomRow
  #returning = new Returning([], 0)
  readonly #deps: RoomDeps

  private constructor(row: RoomRow, deps: RoomDeps) {
    this.id = row.id
    this.name = row.name
    this.floor = row.floor
    this.epoch = `${deps.epoch}.${row.id}`
    this.log = deps.log.child({ room: row.id })
    this.#row = row
    this.#deps = deps
    this.v1 = new Channel(deps.wake)
    this.classic = new Channel(deps.wake)
    this.plain = new Channel(deps.wake)
    this.lines = [
      { channel: this.classic, dialect: deps.dialects.classic },
      { channel: this.plain, dialect: deps.dialects.plain },
    ]
    this.fanOut = new FanOut({
      head: row.seq,
      at: row.at,
      v1: this.v1,
      lines: this.lines,
      read: (after, limit) => deps.events.range(row, after, limit),
      heard: (event) => deps.heard?.(this, event),
      over: (stream) => this.streams.over(stream),
      changed: (event) => this.#apply(event),
      handed: ({ event, json }) => {
        if (this.programs.size > 0) this.#tellPrograms(textFrame(json), event)
      },
      ...(deps.meter && { meter: deps.meter }),
      log: this.log,
    })
    this.past = new Past({ events: deps.events, fanOut: this.fanOut, row: () => this.#row })
    this.mentions = new Mentions({
      bots: () => deps.called(this),
      mayCallAll: (userId) => {
        const asking = { role: deps.roleIn(this, userId), room: this.settings, mutedMs: 0 }
        return may('callAll', asking) === undefined
      },
    })
    this.presence = new Presence(this)
    this.streams = new Streams({
      room: row.name,
      tell: (json) => this.tell(json),
      at: () => this.moment().at,
    })
  }

  /** Opens a room with its last events read from the store. */
  static async open(row: RoomRow, deps: RoomDeps): Promise<Room> {
    const room = new Room(row, deps)
    await room.past.load(row)
    const known = (await deps.known(row.id)).toReversed()
    for (const user of [...known, ...room.fanOut.recent.authors()]) room.mentions.meet(user)
    const { started } = deps
    room.#returning = new Returning(await deps.lately(row.id, started - LATELY_MS), started)
    return room
  }

  /** Number of the last event that was handed out. */
  get head(): number {
    return this.fanOut.head
  }

  /** Now, as what is not numbered tells it. */
  moment(): Moment {
    return { head: this.head, at: Math.max(this.#deps.clock.now(), this.fanOut.at) }
  }

  get title(): string {
    return this.settings.title
  }

  /** As it was read last; where the room stands, it says itself. */
  get row(): RoomRow {
    return this.#row
  }

  /** It is kept in another way now. */
  changed(row: RoomRow): void {
    this.#row = row
    this.judged()
  }

  /** Somebody may be muted here now, or have another role. */
  judged(): void {
    for (const look of this.lookers) look()
  }

  /** How it is kept, as of now. */
  get settings(): RoomSettings {
    return this.#row.settings
  }

  /** Who made it and is a moderator of it; null: the server. */
  get madeBy(): number | null {
    return this.#row.madeBy
  }

  /** Of a room of two: ids of both. */
  get two(): readonly number[] | undefined {
    return this.#row.two
  }

  get guarded(): boolean {
    return isGuarded(this.settings)
  }

  get sandbox(): boolean {
    return isSandbox(this.#row)
  }

  titleIn(lang: Lang): string {
    return titleOf(this.#row, lang)
  }

  /** In order. */
  members(): User[] {
    const bots = inOrder(this.#deps.bots(this)).map((bot) => this.seen(bot))
    return [...bots, ...this.presence.people()]
  }

  /** Who belongs to it and is in another room now. */
  elsewhere(): User[] {
    return this.#deps.elsewhere(this)
  }

  /** Is somebody of those who belong to it outside it? @param inRoom In another room already, not perhaps on their way there. */
  isElsewhere(userId: number, inRoom: boolean): boolean {
    return this.#deps.isElsewhere(this, userId, inRoom)
  }

  people(): number {
    return this.presence.size
  }

  /** Somebody comes: were they here before the server was started anew, so that they only come back? */
  returns(userId: number): boolean {
    return this.#returning.came(userId, this.#deps.clock.now())
  }

  /** Who may be about to do so. */
  awaited(): Awaited | undefined {
    return this.#returning.awaited(this.#deps.clock.now())
  }

  company(): number {
    const people = this.people()
    // One is company enough: who else belongs here is asked for a person who seems to be alone.
    if (people > 1) return people
    const returning = this.#returning.count(this.#deps.clock.now())
    return people + returning + (this.#deps.anyOutside(this) ? 1 : 0)
  }

  /** A member as this room sees them: with the role that they have here. */
  seen({ id, name, imageid, kind }: User): User {
    const role = this.#deps.roleIn(this, id)
    const initials = initialsOf(name)
    return { id, name, imageid, kind, ...(role && { role }), ...(initials && { initials }) }
  }

  async history(count: number): Promise<NumberedEvent[]> {
    return (await this.past.snapshot(count)).lines.map(({ event }) => event)
  }

  notice(notice: Notice): Promise<Delivered> {
    return this.#deps.notice(this, notice)
  }

  /** A person came, or left. */
  moved(how: 'join' | 'left', user: User, lang: Lang): void {
    try {
      this.#deps.moved(how, user, this, lang)
    } catch (error) {
      this.log.error({ err: error }, 'the bots could not be told who came or left')
    }
  }

  whisper(to: number, { user, data, cause }: { user: User; data: string; cause: number }): void {
    for (const connection of this.presence.connectionsOf(to)) {
      const membership = connection.memberships.get(this.name)
      const hears = membership && (membership.listener || this.catchingUp.has(membership))
      if (!hears) continue // it had no `joined` yet
      const { mode } = connection
      const frame =
        mode === 'v1'
          ? jsonFrame({ type: 'whisper', room: this.name, user, data, cause })
          : this.#deps.dialects[mode].aside(this.moment(), user, data)
      connection.sendAside(frame)
    }
  }

  typing(user: User): void {
    this.tell(JSON.stringify({ type: 'typing', room: this.name, user: this.seen(user) }))
  }

  stream(opening: StreamOpening): Growing {
    return this.streams.open(opening)
  }

  /** Tells v1 clients what is not numbered: `join`, `left`, `typing`, `status`, `delta`. @returns whether there is one. */
  tell(json: string, except: readonly Membership[] = []): boolean {
    const frame = textFrame(json)
    const listeners = except.flatMap(({ listener }) => listener ?? [])
    this.v1.push(frame, {
      numbered: false,
      ...(listeners.length > 0 && { except: new Set(listeners) }),
    })
    const leftOut = new Set(except)
    const catchingUp = [...this.catchingUp].filter((membership) => !leftOut.has(membership))
    for (const membership of catchingUp)
      if (this.mayHear(membership)) membership.connection.sendFrame(frame)
    this.#tellPrograms(frame)
    return this.v1.size > listeners.length || catchingUp.length > 0 || this.programs.size > 0
  }

  /** Everybody who is in a room hears everything; of bots' programs moderators decide it. */
  mayHear({ connection: { user, grant } }: Membership, event?: NumberedEvent): boolean {
    return !grant || (this.#deps.mayHear?.(this, user.id, event) ?? true)
  }

  /** Tells those who keep order here and are here now. @param except By id: it is about them. */
  tellModerators(frame: object, except?: number): void {
    for (const connection of this.presence.moderators()) {
      if (connection.user.id === except) continue
      const membership = connection.memberships.get(this.name)
      const told = membership && (membership.listener || this.catchingUp.has(membership))
      if (told && connection.mode === 'v1') connection.send(frame)
    }
  }

  calls(text: string, by: User): readonly number[] {
    return this.mentions.in(text, by).mentions ?? []
  }

  bySeq(seq: number): Promise<NumberedEvent | undefined> {
    return this.past.bySeq(seq)
  }

  forms(message: number): Promise<{ user: User; values: FormValues }[]> {
    return this.past.forms(message)
  }

  close(): void {
    this.presence.close()
  }

  #tellPrograms(frame: Buffer, event?: NumberedEvent): void {
    for (const membership of this.programs) {
      if (this.mayHear(membership, event)) membership.connection.sendFrame(frame)
    }
  }

  /** What an event makes of the room itself. */
  #apply(event: NumberedEvent): void {
    this.past.apply(event)
    if (event.type !== 'topic') return
    const before = this.#row
    this.#row = { ...before, settings: { ...before.settings, topic: event.data } }
    this.#deps.topicChanged?.(before, this.#row)
  }
}

/** What people call it. */
export const titleOf = (row: RoomRow, lang: Lang): string =>
  roomTitle({ name: row.name, title: row.settings.title, sandbox: isSandbox(row) }, lang)
