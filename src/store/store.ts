import type {
  BotPolicy,
  EventExtra,
  FormValues,
  Level,
  NumberedEvent,
  NumberedType,
  Role,
  RoomKind,
  RoomSettings,
  User,
  Volume,
} from '../protocol.js'
import type { OwnMarks } from '../present-form.js'
import type { Has } from './search/document.js'

export type { Has }

/**
 * What the chat, the web and the people need from a store. SQLite's and (later) PostgreSQL's
 * implementation run the same contract suite: `__tests__/store/contract.ts`.
 * All times are integer milliseconds since 1970 UTC.
 */
export interface Store {
  /** Random at creation of the data, new after a restore: numbers of another epoch mean nothing here. */
  readonly epoch: string
  /** Random hex digits at creation: tells apart servers on one host (cookies do not separate ports). */
  readonly serverId: string

  /**
   * Stores events in one transaction, in the order given, each under its room's row (I2), once (I3).
   * What an event does to earlier ones (an edit, a recall …) is done in the same transaction.
   * Returns after COMMIT with fsync (I1), one outcome a draft, in order.
   * @param now `at` of the new events, or the room's last `at` if that is later.
   * @throws {StoreFullError} nothing was stored: no space left, or a read-only disk.
   * @throws {StoreError} nothing was acknowledged; after a failed fsync the disk alone knows what it kept.
   */
  append(drafts: readonly Draft[], now: number): Promise<readonly Outcome[]>

  rooms: RoomStore
  people: PeopleStore
  invites: InviteStore
  events: EventStore
  search: SearchStore
  users: UserStore
  sessions: SessionStore
  reads: ReadStore
  secrets: SecretStore
  roles: RoleStore
  sanctions: SanctionStore
  audit: AuditStore
  reports: ReportStore

  botStore: BotStore
  power: PowerStore
  numbers: NumberStore

  /** Throws when the store does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** An event that wants a number. */
export interface Draft {
  roomId: number
  type: NumberedType
  /** Kept as it is with the event: a later rename does not rewrite the past. */
  user: User
  cid: string
  /** The text to show, after plugins. */
  data: string
  /** The text as received, before plugins: another one under the same cid is a conflict. The store keeps its hash. */
  received: string
  extra?: EventExtra
}

export type Outcome =
  | { status: 'stored'; seq: number; at: number; told?: Told }
  | { status: 'dup'; seq: number; at: number }
  /** Nothing was stored. `unchanged`: what the draft asks for is so already. */
  | {
      status:
        | 'conflict'
        | 'no_such_room'
        | 'no_such_message'
        | 'too_many'
        | 'closed'
        | 'expired'
        | 'no_such_choice'
        | 'unchanged'
    }

/** What an event has beside its draft, as the transaction found it: it goes with the event to everybody. */
export type Told = Partial<
  Pick<NumberedEvent, 'data' | 'users' | 'count' | 'reply' | 'tally' | 'people' | 'closed'>
>

export interface RoomRow {
  id: number
  name: string
  /** Number of the last event; 0: none yet. */
  seq: number
  /** `at` of the last event, or of the room's making. */
  at: number
  /** Lowest number still stored; 1 as long as nothing was cleared. */
  floor: number
  /** Who made it and is a moderator of it; null: the server. */
  madeBy: number | null
  settings: RoomSettings
  /** Of a direct room: ids of its two members. */
  two?: readonly number[]
  /** What a passcode is held against; null: none is asked for. Never leaves the server. */
  passcodeHash: string | null
}

/** How a room is kept from its first moment on. */
export type FreshRoom = Pick<RoomSettings, 'slow_ms' | 'approval' | 'unlisted' | 'math'>

/** What its maker wants of it. */
export interface Beginning {
  title: string
  topic?: string
  unlisted?: boolean
  passcodeHash?: string
}

export interface NewRoom extends Beginning {
  name: string
  at: number
  /** Who makes it, by id; absent: the server. */
  by?: number
  kept?: FreshRoom
}

export interface RoomStore {
  /** Makes the room unless it exists; either way its row. */
  ensure(room: NewRoom): Promise<RoomRow>
  byName(name: string): Promise<RoomRow | undefined>
  all(): Promise<RoomRow[]>
  /** People who belong to a room, the newest first; as many as can be of use to find a name. */
  known(roomId: number): Promise<User[]>
  /** How many rooms of a kind this user made since a time. */
  madeSince(userId: number, since: number, kind: RoomKind): Promise<number>
  /** The room of these two, if there is one. */
  between(a: number, b: number): Promise<RoomRow | undefined>
  /** The room of these two, made if there is none; both are in it. */
  direct(room: { name: string; at: number; by: number; to: number }): Promise<RoomRow>
  /** Changes how a room is kept; undefined: there is no such room. */
  set(roomId: number, change: RoomChange): Promise<RoomRow | undefined>
}

/** What is given is changed. */
export type RoomChange = Partial<Omit<RoomSettings, 'kind' | 'topic' | 'passcode'>> & {
  passcodeHash?: string | null
}

/** Where a person stands in a room that they once came to: in it, before its door, or turned away. */
export type Standing = 'in' | 'waits' | 'away'

/** What is behind a room's name for one person. */
export interface Door {
  room?: RoomRow
  /** Absent: never came to it. */
  standing?: Standing
}

/** A room that a person belongs to. */
export interface OwnRoom {
  room: RoomRow
  standing: Standing
  level: Level
  /** Number up to which the person has read. */
  read: number
  /** What is unread of `room.seq`, at most {@link UNREAD_MOST}. */
  unread: number
  mentions: number
  /** Of a direct room: who else is in it. */
  peer?: User
}

/** More than this is not counted: nobody looks at the difference. */
export const UNREAD_MOST = 1_000

export interface Entering {
  userId: number
  roomId: number
  at: number
  /** The room's last number when they came: what was said before is not unread. */
  read: number
}

/** Whose room it is. */
export interface PeopleStore {
  /** What a person finds behind a name: one question, whether there is such a room or not. */
  door(name: string, userId: number): Promise<Door>
  /**
   * Gives people a standing; an older one gives way only if `over` says so.
   * @returns how many had none, or another one, before.
   */
  put(people: readonly Entering[], standing: Standing, over?: boolean): Promise<number>
  /** They belong to it no more. */
  remove(userId: number, roomId: number): Promise<void>
  setLevel(userId: number, roomId: number, level: Level): Promise<void>
  /** Everything that a person belongs to, with what is unread, in one question. */
  of(userId: number): Promise<OwnRoom[]>
  /** What is unread after a number, and up to which number it was counted. */
  unread(
    userId: number,
    roomId: number,
    after: number,
  ): Promise<{ unread: number; mentions: number; upTo: number }>
  /** Who waits before a room's door, longest first. */
  waiting(roomId: number): Promise<User[]>
}

export interface NewInvite {
  roomId: number
  /** The token itself is not kept. */
  tokenHash: string
  by: number
  at: number
  expiresAt?: number
  uses?: number
}

export interface InviteRow {
  id: number
  by: number
  at: number
  expiresAt?: number
  uses?: number
  used: number
}

export interface InviteStore {
  make(invite: NewInvite): Promise<InviteRow>
  /** The invites of a room that still open its door, newest first. */
  open(roomId: number, now: number): Promise<InviteRow[]>
  /** What a token that still opens something leads to, and who made it; nothing is spent. */
  look(tokenHash: string, now: number): Promise<{ room: RoomRow; by?: string } | undefined>
  /** @returns `unknown`: it is none of this room's; `before`: it was revoked already. */
  revoke(roomId: number, id: number, now: number): Promise<'now' | 'before' | 'unknown'>
  /**
   * Lets somebody in who shows a token, in one transaction: who is in the room already spends nothing of it.
   * @param mayCome Asked once the room is known: who may not come in spends nothing of it either.
   * @returns the room; undefined: the token opens nothing (any more), or they may not come.
   */
  use(
    tokenHash: string,
    userId: number,
    now: number,
    mayCome?: (room: RoomRow) => boolean,
  ): Promise<RoomRow | undefined>
}

/** A page as it goes over the wire. */
export interface WrittenPage {
  /** A JSON array of events, in UTF-8. */
  json: Uint8Array
  /** Whether there are more in the asked direction. */
  more: boolean
}

export interface Page {
  events: NumberedEvent[]
  /** Whether there are more in the asked direction. */
  more: boolean
}

/** The end of a timeline in present form, and what else a client needs to stand at `head`. */
export interface Snapshot {
  head: number
  events: NumberedEvent[]
  /** Numbers of the pinned messages, newest pin first. */
  pins: number[]
}

/** By number of a message: the emoji that one person put on it. */
export type Own = ReadonlyMap<number, OwnMarks>

export interface EventStore {
  /**
   * Every numbered event with `after < seq`, ascending, at most `limit`: for resume and for gaps. A `chat` is in
   * present form but for its reactions: those are told by the `react` events that follow it.
   * Stops at a page's bytes of JSON, so a shorter answer than asked for is not the end: go on from its last.
   */
  range(room: RoomRow, after: number, limit: number): Promise<NumberedEvent[]>
  /**
   * Timeline items (`chat`, `notice`, `topic`, `pin`) in present form, ascending.
   * `before` and `after` are exclusive, at most one is given; neither: the newest.
   * Stops at a page's bytes of JSON, nearest to the cursor first; then there is `more`. For a `reader`, reactions
   * that not all can be named of say whether one is `mine`.
   */
  timeline(
    room: RoomRow,
    window: { before?: number; after?: number; limit: number; reader?: number },
  ): Promise<WrittenPage>
  /** The newest timeline items, and the number at which the room stood when it was just so. */
  snapshot(room: RoomRow, window: { limit: number; reader?: number }): Promise<Snapshot>
  /** One event by number, in present form. */
  bySeq(room: RoomRow, seq: number): Promise<NumberedEvent | undefined>
  /** The pinned messages in present form for a reader, newest pin first. Stops at a page's bytes of JSON. */
  pins(room: RoomRow, reader: number): Promise<Page>
  /** Numbers of the pinned messages, newest pin first. */
  pinned(room: RoomRow): Promise<number[]>
  /** What people wrote into the form of a message, the first first, at most a thousand. */
  forms(room: RoomRow, message: number): Promise<{ user: User; values: FormValues }[]>
  /** The emoji that somebody put on these messages. */
  reactionsOf(room: RoomRow, userId: number, messages: readonly number[]): Promise<Own>
  /** Was this cid stored already, and from the same text? */
  known(roomId: number, userId: number, cid: string, received: string): Promise<Outcome | undefined>
}

/** What to look for: a message must fit all of it. */
export interface SearchQuery {
  /** Only in these: the rooms that the asker may read, or some of them. */
  rooms: readonly Pick<RoomRow, 'id' | 'name'>[]
  /** Each stands in the text; what has several tokens, as a row. `whole`: the last word does not go on. */
  words: readonly { text: string; whole: boolean }[]
  /** Said under one of these names; empty: by anybody. */
  from: readonly string[]
  /** Said by one of these bots; `only`: by a bot at all, or by none. */
  bot: { names: readonly string[]; only?: boolean }
  has: readonly Has[]
  /** Said at this time or later. */
  after?: number
  /** Said before this time. */
  before?: number
  /** Where the page before ended. */
  cursor?: string
  /** At most as many. */
  limit: number
}

export interface SearchPage extends WrittenPage {
  /** Where this page ends, for the next one; null when there is none. */
  cursor: string | null
  /** After an upgrade, while old messages are still being indexed: what was said before cannot be found yet. */
  indexedSince?: number
}

export interface SearchStore {
  /**
   * The messages (`chat`) that fit, in present form, newest first. Words are compared by `search/tokens.ts`.
   * Stops at a page's bytes of JSON; then there is `more`.
   * @returns `nothing`: the words hold no letter, digit or emoji, and nothing else is asked; `lost`: the cursor
   * is none of these rooms'.
   */
  find(query: SearchQuery): Promise<SearchPage | 'nothing' | 'lost'>
}

export interface UserRow extends User {
  /** The name's UTS #39 skeleton after NFKC and case folding: what uniqueness is judged by. */
  skeleton: string
}

export interface SignIn {
  name: string
  skeleton: string
  imageid: string
  /** Keep this user (signing in while signed in); absent: a new one. */
  userId?: number
  /** Hash of the new session's sid. */
  sidHash: string
  /** Hash of the session that this one replaces. */
  oldSidHash?: string
  /** Hash of the id of the browser that it begins in. */
  device?: string
  now: number
  /** Sessions seen before this time no longer hold their names. */
  heldSince: number
  /** Sessions begun before this time are over, whatever their use. */
  bornSince: number
}

export interface UserStore {
  /** Makes user and session, revokes the old session, in one transaction; `taken`: somebody holds a name of this skeleton. */
  signIn(attempt: SignIn): Promise<User | 'taken'>
  /** Renames, and maybe changes the face; the same rule as for {@link signIn}. */
  rename(
    userId: number,
    to: { name: string; skeleton: string; imageid?: string },
    hold: { heldSince: number; bornSince: number },
  ): Promise<User | 'taken'>
  byId(id: number): Promise<User | undefined>
  /** The person of a name that looks so: who holds it, or else who bore it last. */
  named(skeleton: string): Promise<User | undefined>
  /** Whose session is valid, the last seen first. */
  present(limits: SessionLimits, count: number): Promise<(User & { seen: number })[]>
  /** Skeletons of names that are held now. */
  heldSkeletons(hold: { heldSince: number; bornSince: number }): Promise<Set<string>>
  /** The bot of this name: 0 for `first`, then −1, −2 … at first appearance; kept by name, never reused. */
  bot(name: string, imageid: string, first: boolean): Promise<User>
}

/** Whose session it is, and in which browser it began. */
export interface Holder extends User {
  device?: string
}

export interface SessionStore {
  /** The user of a session that is neither revoked nor past idle and absolute age; marks it as seen. */
  check(sidHash: string, limits: SessionLimits): Promise<Holder | undefined>
  /** Which of these sessions are still valid; marks them as seen. One query, for the sockets' minute. */
  checkAll(sidHashes: readonly string[], limits: SessionLimits): Promise<Set<string>>
  /** Has one of these users a session that is still valid? */
  anyOf(userIds: readonly number[], limits: SessionLimits): Promise<boolean>
  revoke(sidHash: string): Promise<void>
  /** Ends every session of a user. */
  revokeAll(userId: number): Promise<void>
  /** Hashes of the browsers that this user was in, for as long as their sessions are kept. */
  devicesOf(userId: number): Promise<string[]>
  /** Deletes rows that can never be valid again; returns how many. */
  sweep(limits: SessionLimits): Promise<number>
}

export interface SessionLimits {
  now: number
  /** Not seen since this time: over. */
  seenSince: number
  /** Begun before this time: over. */
  bornSince: number
}

/** Up to which number a person has read in a room. */
export interface ReadMark {
  userId: number
  roomId: number
  seq: number
}

export interface ReadStore {
  /** Moves read marks forward; never back. */
  advance(marks: readonly ReadMark[]): Promise<void>
}

/** Roles that hold everywhere. Who made a room has theirs by {@link RoomRow.madeBy}. */
export interface RoleStore {
  all(): Promise<{ userId: number; role: Role }[]>
  /** Gives a role, another one, or none any more. */
  set(userId: number, role: Role | undefined, entry: AuditEntry): Promise<void>
  /** Keeps the hash of a token that makes its bearer host. */
  addLink(hash: string, expiresAt: number, now: number): Promise<void>
  /** Makes the user host, if the token is there and in time; it is used up by that. Of several at once, one gets it. */
  claimLink(hash: string, userId: number, entry: AuditEntry): Promise<boolean>
}

export type SanctionKind = 'mute' | 'ban'
/** What a mute or a ban holds a person by. `device`: hash of a browser's id; `name`: a skeleton; `address`: an address, of IPv6 its /64. */
export interface SanctionTarget {
  target: 'user' | 'device' | 'name' | 'address'
  value: string
}

/** Who did it; id null: the command line. */
export interface Actor {
  id: number | null
  name: string
}

export interface NewSanction {
  kind: SanctionKind
  /** Null: everywhere. */
  roomId: number | null
  /** Whom it was meant for, under the name of then; id null: nobody in particular. */
  user: { id: number | null; name: string }
  targets: readonly SanctionTarget[]
  /** Null: for good. */
  until: number | null
  by: Actor
  at: number
}

export interface Sanction extends NewSanction {
  id: number
}

export interface SanctionStore {
  /** Those that were neither lifted nor are over, oldest first. */
  active(now: number): Promise<Sanction[]>
  /** Keeps a sanction in the place of others, and that it was done. @returns its id. */
  add(sanction: NewSanction, lifting: readonly number[], entry: AuditEntry): Promise<number>
  lift(ids: readonly number[], entry: AuditEntry): Promise<void>
}

/** What somebody with rights did: who, what, whom, where, when; never a message's text. */
export interface AuditEntry {
  at: number
  by: Actor
  action: string
  /** Null: everywhere. */
  roomId: number | null
  /** Under the name of then. */
  target: { id: number | null; name: string } | null
  details?: Readonly<Record<string, unknown>>
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>
  /** Newest first. `room` absent: of all rooms. */
  page(window: {
    room?: number
    before?: number
    limit: number
  }): Promise<(AuditEntry & { id: number })[]>
}

export interface Report {
  id: number
  roomId: number
  /** The message. */
  seq: number
  by: { id: number; name: string }
  at: number
  /** What the reporter says about it. */
  data: string
  /** Who has seen to it, and when; absent: nobody yet. */
  handled?: { by: Actor; at: number }
}

export interface ReportStore {
  /** Keeps a report; another one of the same message by the same person changes nothing. @returns whether it is new. */
  add(report: Omit<Report, 'id'>): Promise<boolean>
  byId(id: number): Promise<Report | undefined>
  /** Somebody has seen to a report. @returns whether they were the first; then the entry is kept too. */
  handle(id: number, entry: AuditEntry): Promise<boolean>
  /** Those that nobody has seen to yet first, of both the newest first. `room` absent: of all rooms. */
  newest(window: { room?: number; limit: number }): Promise<Report[]>
}

/** Whose values, and of which room. */
export interface KeptBy {
  botId: number
  roomId: number
}

/** What bots keep: a text under a key, for each bot and room. */
export interface BotStore {
  get(by: KeptBy, key: string): Promise<string | undefined>
  /** @returns whether there was room for it: at most so many keys, and bytes of keys and values together. */
  set(
    by: KeptBy,
    key: string,
    value: string,
    limits: { keys: number; bytes: number },
  ): Promise<boolean>
  /** @returns whether there was something. */
  delete(by: KeptBy, key: string): Promise<boolean>
  /** Those whose key begins so, in the order of their keys. */
  list(by: KeptBy, prefix: string): Promise<{ key: string; value: string }[]>
  /** Names of the rooms in which a bot keeps something. */
  rooms(botId: number): Promise<string[]>
}

/** What a room lets a bot do. */
export interface RoomPolicy {
  roomId: number
  botId: number
  policy: BotPolicy
}

/** What people let bots do: moderators in a room, and everybody for themselves. */
export interface PowerStore {
  /** Everything that moderators have set. */
  policies(): Promise<RoomPolicy[]>
  setPolicy(policy: RoomPolicy): Promise<void>
  /** The bots of which a person does not want to see everything. */
  volumes(userId: number): Promise<{ bot: number; level: Volume }[]>
  setVolume(userId: number, bot: number, level: Volume): Promise<void>
}

/** Whole numbers for stretches of rooms' messages. */
export interface NumberStore {
  stretches(): Promise<{ id: number; roomId: number; stretch: number }[]>
  /** @returns its number, which it keeps. */
  add(roomId: number, stretch: number): Promise<number>
}

export interface SecretStore {
  /** The secret of this name, made by `make` at the first call ever. */
  ensure(name: string, make: () => string): Promise<string>
}

/** Nothing was stored: the reason is in `cause`, for the log only. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError'
}

/** No space left on the disk, or it is read-only: reading goes on. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError'
}
