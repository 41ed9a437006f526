import { texts, type Lang } from '../i18n/index.js'
import type { Called } from '../calls.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { FormValues, NumberedEvent, Role, RoomSettings, User } from '../protocol.js'
import { isCrowded, withMine } from '../present-form.js'
import type { EventStore, Page, RoomRow, WrittenPage } from '../store/store.js'
import { isGuarded } from './doors/access.js'
import { Channel, type Listener } from './channel.js'
import type { Connection } from './connection.js'
import type { BotRoom, Delivered, Growing, Moved, Notice, RoomFace, StreamOpening } from './face.js'
import { FanOut } from './fan-out.js'
import { initialsOf } from './initials.js'
import type { Dialect, LineMode, Moment, Readers } from './lines/dialect.js'
import { Mentions } from './mentions.js'
import { Presence } from './presence/presence.js'
import { inFull, said, type Said } from './recent.js'
import { Returning, SPOKE_MS } from './presence/returning.js'
import { may } from './rights.js'
import { isSandbox } from './bots/sandbox.js'
import { Streams } from './streams.js'
import { textFrame } from './wire.js'

/** What the timeline shows as lines of its own. */
const TIMELINE = new Set<NumberedEvent['type']>(['chat', 'notice', 'topic', 'pin'])

export interface RoomDeps {
  events: EventStore
  /** The server's epoch; the room's is made of it. */
  epoch: string
  meter?: Meter
  log: Logger
  wake: (channel: Channel) => void
  dialects: Readonly<Record<LineMode, Dialect>>
  bots: (room: BotRoom) => User[]
  called: (room: BotRoom) => readonly Called[]
  /** Who belongs to a room, the newest first. */
  known: (roomId: number) => Promise<User[]>
  notice: (room: Room, notice: Notice) => Promise<Delivered>
  roleIn: (room: Room, userId: number) => Role | undefined
  /** Told of people, not of bots. */
  moved: Moved
  /** Has somebody a connection, whatever room it is in? */
  isHere: (userId: number) => boolean
  /** Who belongs to a room and is in another one now. */
  elsewhere: (room: Room) => User[]
  /** May a bot's program be told of it? No event: of something that is not numbered. */
  mayHear?: (room: Room, bot: number, event?: NumberedEvent) => boolean
  /** Told of each event, just before it is handed out. */
  heard?: (room: Room, event: NumberedEvent) => void
}

/** The end of the timeline in present form, as it is at `head`. */
export interface RoomSnapshot {
  head: number
  lines: readonly Said[]
  /** Numbers of the pinned messages, newest pin first. */
  pins: readonly number[]
}

/** A connection's being in a room. */
export interface Membership {
  readonly connection: Connection
  readonly room: Room
  /** Set once it hears what is said; before that it is catching up. */
  listener?: Listener
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
  readonly presence: Presence
  readonly streams: Streams
  readonly mentions: Mentions
  /** They had their `joined` and are still being told the past: they are told comings and goings one by one. */
  readonly catchingUp = new Set<Membership>()
  /** Those of bots' programs that hear what is said: each is told what its bot may hear, one by one. */
  readonly programs = new Set<Membership>()
  readonly log: Logger
  #row: RoomRow
  #pins: readonly number[] = []
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
    await room.fanOut.load(row.floor)
    // Where nothing was said nothing is pinned: an empty server needs no thread that reads.
    if (row.seq > 0) room.#pins = await deps.events.pinned(row)
    const known = (await deps.known(row.id)).toReversed()
    for (const user of [...known, ...room.fanOut.recent.authors()]) room.mentions.meet(user)
    const now = Date.now()
    room.#returning = new Returning(room.fanOut.recent.authors(now - SPOKE_MS), now)
    return room
  }

  /** Number of the last event that was handed out. */
  get head(): number {
    return this.fanOut.head
  }

  /** Now, as what is not numbered tells it. */
  moment(): Moment {
    return { head: this.head, at: Math.max(Date.now(), this.fanOut.at) }
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

  members(): User[] {
    const bots = this.#deps.bots(this).map((bot) => this.seen(bot))
    return [...bots, ...this.presence.people()]
  }

  /** Who belongs to it and is in another room now. */
  elsewhere(): User[] {
    return this.#deps.elsewhere(this)
  }

  /** Has somebody a connection, whatever room it is in? */
  isHere(userId: number): boolean {
    return this.#deps.isHere(userId)
  }

  people(): number {
    return this.presence.size
  }

  company(): number {
    return this.people() + this.#returning.count((id) => this.presence.has(id), Date.now())
  }

  /** A member as this room sees them: with the role that they have here. */
  seen({ id, name, imageid, kind }: User): User {
    const role = this.#deps.roleIn(this, id)
    const initials = initialsOf(name)
    return { id, name, imageid, kind, ...(role && { role }), ...(initials && { initials }) }
  }

  async history(count: number): Promise<NumberedEvent[]> {
    return (await this.snapshot(count)).lines.map(({ event }) => event)
  }

  notice(notice: Notice): Promise<Delivered> {
    return this.#deps.notice(this, notice)
  }

  /** A person came, or left. */
  moved(how: 'join' | 'left', user: User, lang: Lang): void {
    if (how === 'left') this.#returning.left(user.id)
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
      if (mode === 'v1') connection.send({ type: 'whisper', room: this.name, user, data, cause })
      else connection.sendFrame(this.#deps.dialects[mode].aside(this.moment(), user, data))
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
    const catchingUp = [...this.catchingUp].filter((membership) => !except.includes(membership))
    for (const membership of catchingUp)
      if (this.mayHear(membership)) membership.connection.sendFrame(frame)
    this.#tellPrograms(frame)
    return this.v1.size > listeners.length || catchingUp.length > 0 || this.programs.size > 0
  }

  /** Everybody who is in a room hears everything; of bots' programs moderators decide it. */
  mayHear({ connection: { user, grant } }: Membership, event?: NumberedEvent): boolean {
    return !grant || (this.#deps.mayHear?.(this, user.id, event) ?? true)
  }

  /** Tells those who keep order here and are here now. */
  tellModerators(frame: object): void {
    for (const connection of this.presence.moderators()) {
      const membership = connection.memberships.get(this.name)
      const told = membership && (membership.listener || this.catchingUp.has(membership))
      if (told && connection.mode === 'v1') connection.send(frame)
    }
  }

  /** Events with `after < seq ≤ head`, at most a page, from memory or else from the store. */
  async after(seq: number, limit: number): Promise<readonly Said[]> {
    const recent = this.fanOut.recent.after(seq)
    if (recent) return recent.slice(0, limit)
    return (await this.#deps.events.range(this.#row, seq, limit)).map(said)
  }

  /** The last lines at hand, oldest first. */
  said(): NumberedEvent[] {
    const { entries } = this.fanOut.recent.newest(Infinity, ({ type }) => type === 'chat')
    return entries.map(({ event }) => event)
  }

  calls(text: string, by: User): readonly number[] {
    return this.mentions.in(text, by).mentions ?? []
  }

  async bySeq(seq: number): Promise<NumberedEvent | undefined> {
    return this.fanOut.recent.bySeq(seq) ?? this.#deps.events.bySeq(this.#row, seq)
  }

  forms(message: number): Promise<{ user: User; values: FormValues }[]> {
    return this.#deps.events.forms(this.#row, message)
  }

  /** The newest lines of the timeline, for one reader or for nobody in particular. */
  async snapshot(count: number, reader?: number): Promise<RoomSnapshot> {
    const { recent } = this.fanOut
    const { entries, whole } = recent.newest(count, ({ type }) => TIMELINE.has(type))
    if (whole || this.head === 0) {
      const { head } = this
      const pins = this.#pins
      return { head, pins, lines: await this.#readBy(reader, entries.map(inFull)) }
    }
    const asked = { limit: count, ...(reader !== undefined && { reader }) }
    const { head, events, pins } = await this.#deps.events.snapshot(this.#row, asked)
    await this.fanOut.reached(head)
    return { head, pins, lines: events.map((event) => inFull(said(event))) }
  }

  /** A page of the timeline in present form, ascending; `before` and `after` are exclusive. */
  timeline(window: {
    before?: number
    after?: number
    limit: number
    reader?: number
  }): Promise<WrittenPage> {
    return this.#deps.events.timeline(this.#row, window)
  }

  /** The pinned messages in present form for a reader, newest pin first. */
  pins(reader: number): Promise<Page> {
    return this.#deps.events.pins(this.#row, reader)
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
  #apply({ type, data, message = 0, on }: NumberedEvent): void {
    if (type === 'topic') {
      this.#row = { ...this.#row, settings: { ...this.#row.settings, topic: data } }
    } else if (type === 'pin' || type === 'recall') {
      const others = this.#pins.filter((pinned) => pinned !== message)
      this.#pins = on ? [message, ...others] : others
    }
  }

  async #readBy(reader: number | undefined, lines: readonly Said[]): Promise<readonly Said[]> {
    const crowded = lines.filter(({ event }) => isCrowded(event))
    if (reader === undefined || crowded.length === 0) return lines
    const { events } = this.#deps
    const own = await events.reactionsOf(
      this.#row,
      reader,
      crowded.map(({ event }) => event.seq),
    )
    return lines.map((line) => {
      const emoji = own.get(line.event.seq)
      return emoji ? inFull(said(withMine(line.event, emoji))) : line
    })
  }
}

/** A room without a title of its own is called by its name, lobby and sandbox in the reader's language. */
export function titleOf(row: RoomRow, lang: Lang): string {
  if (row.settings.title) return row.settings.title
  const { lobby, sandbox } = texts[lang].room
  return isSandbox(row) ? sandbox : row.name === 'lobby' ? lobby : row.name
}
