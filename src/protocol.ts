import { z } from 'zod'

/**
 * What goes over the wire of `GET /chat` with the subprotocol `chat-room.v1`, and the limits of its parts.
 * docs/PROTOCOL.md tells what each frame means; this file tells its shape.
 */

export const SUBPROTOCOL = 'chat-room.v1'
export const HEARTBEAT_MS = 25_000

/** A frame from a client may have this many bytes, nest this deep. */
export const FRAME_BYTES = 65_536
export const FRAME_DEPTH = 8

/** The first page of a resume, and one page of history, stop at this many bytes of JSON. */
export const PAGE_BYTES = 262_144
export const PAGE_EVENTS = 200
/** The longest pause of slow mode: six hours. */
export const SLOW_MOST_MS = 21_600_000

const MINUTE_MS = 60_000
const YEAR_MS = 31_536_000_000

export const SNAPSHOT_EVENTS = 50
export const RESUME_EVENTS = 500

/** A mute lasts at most this long, a ban with an end this long; in milliseconds. */
export const MUTE_MS = 30 * 86_400_000
export const BAN_MS = 3_650 * 86_400_000
/** What somebody says about a message that they report, in UTF-16 units. */
export const REPORT_UNITS = 500

export type Role = 'host' | 'mod'

/** A member as others see it. `id` is positive for a person, zero or negative for a bot. */
export interface User {
  id: number
  name: string
  /** `"0"` … `"26"`, or `"bot"`. */
  imageid: string
  kind: 'person' | 'bot'
  role?: Role
  /** Of members: the first letters of a Chinese name, by which it is found; `xxn` is 小小鸟. */
  initials?: string
}

/** `direct`: of two, who alone know it. */
export type RoomKind = 'room' | 'direct'

/** What of a room a person wants to be told: all of it, their mentions, or nothing. */
export type Level = 'all' | 'mentions' | 'muted'

/** How a room is kept; `settings` of `joined` and of `room`. */
export interface RoomSettings {
  /** '' as long as it has none of its own: then it is called by its name. */
  title: string
  topic: string
  kind: RoomKind
  /** Not in the list of who is not in it. */
  unlisted: boolean
  /** Whether one is asked for. */
  passcode: boolean
  /** Only moderators speak. */
  announce: boolean
  /** Read-only, and not listed. */
  archived: boolean
  /** How long a person waits between two lines; 0: no slow mode. */
  slow_ms: number
  /** Newcomers wait for a moderator. */
  approval: boolean
  /** KaTeX is on. */
  math: boolean
}

/** A bot as the members of a room may know it. */
export interface BotInfo {
  id: number
  name: string
  imageid: string
  /** `auto`: all while one person is there, else when it is called, answered or commanded. */
  hear: 'auto' | 'mention' | 'command' | 'all'
  hear_bots?: true
  aliases: string[]
  /** Where what it hears goes; `hosts`, by name, on the internet only. */
  away: { to: 'machine' | 'network' | 'internet' | 'unknown'; hosts?: string[] }
  streams: boolean
  /** Without the slash. */
  commands: string[]
  /** `resting`: it failed too often in a row; `off`: its plugin is gone. */
  state: 'ready' | 'busy' | 'resting' | 'off'
  /** The rest is for moderators, and counts from the start of the server. */
  answered?: number
  failed?: number
  p95_ms?: number
  last_error?: { at: number; kind: string; data?: string }
}

export type NumberedType =
  'chat' | 'edit' | 'recall' | 'react' | 'answer' | 'pin' | 'topic' | 'notice'

/** A command as the menu of `/` shows it. */
export interface CommandInfo {
  /** Without the slash. */
  name: string
  aliases: string[]
  /** First letters of those of its names that are Chinese. */
  initials: string[]
  /** In the asker's language; may be empty. */
  help: string
  /** Name of the bot that answers it; absent: the server does. */
  bot?: string
}

/** How a stream ended: whole, at a limit, stopped by somebody, or by a failure. */
export type Ended = 'done' | 'cut' | 'cancelled' | 'error'

/** A piece of a text that grows before it is a message. Unnumbered: it may be lost. */
export interface Delta {
  type: 'delta'
  room: string
  /** cid of the message that it becomes. */
  stream: string
  user: User
  cause?: number
  at: number
  /** UTF-16 units before `data`; what a client has beyond it is replaced. */
  offset: number
  data: string
  /** Only on the last one of a stream that leaves no message. */
  ended?: Ended
}

/** Everything that changes the timeline of a room. Per room, seq = 1, 2, 3 … without gaps. */
export interface NumberedEvent {
  type: NumberedType
  /** Equals `seq`. */
  id: number
  seq: number
  room: string
  /** Server time, integer milliseconds since 1970 UTC, never smaller than the room's last. */
  at: number
  user: User
  data: string
  cid?: string
  reply_to?: number
  /** Of the answered message, in present form. */
  reply?: Reply
  /** Ids of the people and bots that it calls by `@name`. */
  mentions?: number[]
  /** It calls everybody. */
  all?: true
  /** On a bot's message: the number of the message it descends from. */
  cause?: number
  /** 0 on a person's message (left out), cause's hop + 1 on a bot's. */
  hop?: number
  stream?: string
  ended?: Ended
  /** Number of the message that an `edit`, `recall`, `react`, `answer` or `pin` is about. */
  message?: number
  /** Whether a `react` or `pin` puts on or takes away. */
  on?: boolean
  /** On a `react`: who has put this emoji there afterwards, the first of them and how many. */
  users?: number[]
  count?: number
  /** On a `chat` of a bot, in present form: what people can choose under it. On an `edit`: null takes it away. */
  card?: Card | null
  /** On an `answer`: what its author has chosen, and how the card stands afterwards. */
  choices?: string[]
  tally?: Omit<CardChoice, 'label'>[]
  people?: number
  /** On an `answer` or `edit`: nobody can answer any more. */
  closed?: true
  /** On a `chat` in present form: when it was edited last. */
  edited?: number
  /** On a `chat` in present form: its text is gone for good. */
  recalled?: true
  /** Who took it back, if that was not its author. */
  recalled_by?: number
  reactions?: Reaction[]
  /** On a `notice`: what `data` says in the server's language. */
  notes?: readonly Note[]
}

/** A sentence of the server's in the timeline, for each reader to be worded in their own language. */
export interface Note {
  /** Which sentence; see docs/PROTOCOL.md. */
  code: string
  /** `ms` is a length of time; the rest are names. */
  values: Record<string, string | number>
}

/** One emoji on a message, and who put it there. */
export interface Reaction {
  data: string
  /** Ids in the order of their coming, the first {@link REACTION_USERS}. */
  users: number[]
  count: number
  /** Told to whom it concerns, where `users` are not all. */
  mine?: true
}

/** Choices under a bot's message. */
export interface Card {
  choices: CardChoice[]
  /** Any number of them may be chosen. */
  many?: true
  /** `everybody`: each person has an answer, and may change it. `first`: the first answer closes it. */
  once: 'everybody' | 'first'
  /** When it closes, in milliseconds since 1970 UTC. */
  until?: number
  closed?: true
  /** How many people have answered. */
  people: number
}

export interface CardChoice {
  id: string
  label: string
  /** Ids in the order of their coming, the first {@link CHOICE_USERS}. */
  users: number[]
  count: number
  /** Told to whom it concerns, where `users` are not all. */
  mine?: true
}

/** What an answer shows of the message that it answers. */
export interface Reply {
  seq: number
  user: User
  /** Its first {@link REPLY_CHARS} code points. */
  data: string
  recalled?: true
}

/** What an event has of its own from the start, beside the store's columns. */
export type EventExtra = Pick<
  NumberedEvent,
  | 'reply_to'
  | 'mentions'
  | 'all'
  | 'cause'
  | 'hop'
  | 'stream'
  | 'ended'
  | 'message'
  | 'on'
  | 'users'
  | 'count'
  | 'notes'
  | 'card'
  | 'choices'
  | 'tally'
  | 'people'
  | 'closed'
>

/** What later events made of a `chat`. */
export type PresentForm = Pick<NumberedEvent, 'edited' | 'recalled' | 'recalled_by' | 'reactions'>

export type NackCode =
  | 'bad_request'
  | 'unknown_type'
  | 'too_long'
  | 'empty'
  | 'not_joined'
  | 'no_such_room'
  | 'no_such_message'
  | 'no_such_user'
  | 'no_such_invite'
  /** A moderator has to let them in first. */
  | 'waiting'
  | 'denied'
  | 'muted'
  | 'too_late'
  /** Of a card: nobody can answer any more, its time is over, it has no such choice. */
  | 'closed'
  | 'expired'
  | 'no_such_choice'
  | 'too_many'
  | 'cid_conflict'
  | 'rate_limited'
  | 'slow_mode'
  | 'storage_full'
  | 'overloaded'
  | 'draining'
  | 'unknown'

/** Codes after which the same cid may be sent again; after the others nothing was or will be stored. */
export const RETRYABLE: ReadonlySet<NackCode> = new Set([
  'rate_limited',
  'slow_mode',
  'storage_full',
  'overloaded',
  'draining',
  'unknown',
])

export const Close = {
  done: 1000,
  goingAway: 1001,
  binary: 1003,
  policy: 1008,
  tooBig: 1009,
  serverError: 1011,
  restart: 1012,
  overloaded: 1013,
  invalidUser: 4001,
  noAccess: 4003,
  tooManyConnections: 4004,
  slowConsumer: 4008,
  noPong: 4012,
} as const

const cid = z.string().regex(/^[A-Za-z0-9._~:-]{8,64}$/)
const room = z.string().min(1).max(256)
const seq = z.int().min(0)
const message = z.int().positive()
const flag = z.boolean().optional()
const position = { epoch: z.string().max(128).optional(), since: seq.optional() }

/** An act of a moderator is for a room, or without one for everywhere. */
const place = { room: room.optional() }
const user = z.int()
const limit = z.int().min(1).max(200).default(50)

/** One schema a frame type; unknown fields are ignored, as the protocol asks. */
const frames = {
  join: z.object({
    type: z.literal('join'),
    cid,
    room,
    ...position,
    mark: z.int().optional(),
    passcode: z.string().max(256).optional(),
  }),
  sync: z.object({
    type: z.literal('sync'),
    cid,
    room,
    ...position,
    mark: z.int().optional(),
  }),
  leave: z.object({ type: z.literal('leave'), cid, room, forget: z.boolean().optional() }),
  chat: z.object({
    type: z.literal('chat'),
    cid,
    room,
    data: z.string(),
    reply_to: z.int().positive().optional(),
    files: z.array(z.string().max(256)).max(20).optional(),
  }),
  history: z.object({
    type: z.literal('history'),
    cid,
    room,
    before: seq.optional(),
    after: seq.optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  search: z.object({
    type: z.literal('search'),
    cid,
    q: z.string(),
    room: room.optional(),
    cursor: z.string().max(64).optional(),
    limit: z.int().min(1).max(50).default(20),
    utc_offset: z.int().min(-1_440).max(1_440).optional(),
  }),
  members: z.object({
    type: z.literal('members'),
    cid,
    room,
    after: z.int().optional(),
    limit: z.int().min(1).max(200).default(200),
  }),
  bots: z.object({ type: z.literal('bots'), cid, room }),
  commands: z.object({ type: z.literal('commands'), cid, room }),
  room: z.object({
    type: z.literal('room'),
    cid,
    room,
    set: z
      .object({
        title: z.string().max(1_000).optional(),
        unlisted: flag,
        passcode: z.string().max(256).optional(),
        announce: flag,
        archived: flag,
        slow_ms: z.int().min(0).max(SLOW_MOST_MS).optional(),
        approval: flag,
        math: flag,
      })
      .optional(),
  }),
  rooms: z.object({ type: z.literal('rooms'), cid }),
  make: z.object({
    type: z.literal('make'),
    cid,
    title: z.string().max(1_000),
    topic: z.string().max(1_000).optional(),
    unlisted: flag,
    passcode: z.string().max(256).optional(),
  }),
  direct: z.object({ type: z.literal('direct'), cid, user: z.int() }),
  notify: z.object({
    type: z.literal('notify'),
    cid,
    room,
    level: z.enum(['all', 'mentions', 'muted']),
  }),
  approve: z.object({ type: z.literal('approve'), cid, room, user: z.int(), on: z.boolean() }),
  invite: z.object({
    type: z.literal('invite'),
    cid,
    room,
    ms: z.int().min(MINUTE_MS).max(YEAR_MS).optional(),
    uses: z.int().min(1).max(10_000).optional(),
  }),
  invites: z.object({ type: z.literal('invites'), cid, room }),
  revoke: z.object({ type: z.literal('revoke'), cid, room, invite: z.int() }),
  nickname: z.object({ type: z.literal('nickname'), cid }),
  typing: z.object({ type: z.literal('typing'), room }),
  read: z.object({ type: z.literal('read'), room, seq }),
  stop: z.object({ type: z.literal('stop'), cid, room, stream: z.string().min(1).max(64) }),
  mute: z.object({ type: z.literal('mute'), cid, ...place, user, ms: z.int().min(0).max(MUTE_MS) }),
  kick: z.object({ type: z.literal('kick'), cid, ...place, user }),
  ban: z.object({
    type: z.literal('ban'),
    cid,
    ...place,
    user,
    by: z
      .array(z.enum(['device', 'name', 'address']))
      .min(1)
      .max(3)
      .default(['device', 'name']),
    ms: z.int().min(1).max(BAN_MS).optional(),
    force: z.boolean().default(false),
  }),
  unban: z.object({ type: z.literal('unban'), cid, ...place, ban: z.int().positive() }),
  bans: z.object({ type: z.literal('bans'), cid, ...place }),
  role: z.object({ type: z.literal('role'), cid, user, role: z.literal('mod').nullable() }),
  report: z.object({
    type: z.literal('report'),
    cid,
    room,
    message: z.int().positive(),
    data: z.string().max(REPORT_UNITS).default(''),
  }),
  reports: z.object({ type: z.literal('reports'), cid, ...place, limit }),
  handled: z.object({ type: z.literal('handled'), cid, ...place, report: z.int().positive() }),
  audit: z.object({
    type: z.literal('audit'),
    cid,
    ...place,
    before: z.int().positive().optional(),
    limit,
  }),
  edit: z.object({ type: z.literal('edit'), cid, room, message, data: z.string() }),
  recall: z.object({ type: z.literal('recall'), cid, room, message }),
  react: z.object({
    type: z.literal('react'),
    cid,
    room,
    message,
    data: z.string().max(64),
    on: z.boolean(),
  }),
  answer: z.object({
    type: z.literal('answer'),
    cid,
    room,
    message,
    choices: z.array(z.string().min(1).max(32)).max(10),
  }),
  pin: z.object({ type: z.literal('pin'), cid, room, message, on: z.boolean() }),
  pins: z.object({ type: z.literal('pins'), cid, room }),
  topic: z.object({ type: z.literal('topic'), cid, room, data: z.string() }),
}

type Frames = { [T in keyof typeof frames]: z.infer<(typeof frames)[T]> }

/** A frame from a client, checked. */
export type ClientFrame = Frames[keyof Frames]
export type FrameOf<T extends keyof Frames> = Frames[T]
/** A frame that gets exactly one answer. */
export type Request = Extract<ClientFrame, { cid: string }>

export type ParsedFrame =
  | { ok: true; frame: ClientFrame }
  /** `cid` null: not a frame of this shape at all (counts towards 1008). `silent`: of a kind that gets no answer. */
  | {
      ok: false
      cid: string | null
      code: 'bad_request' | 'unknown_type'
      field?: string
      silent?: true
    }

/**
 * Parses one text frame of a v1 client.
 * @param text The frame as received, at most {@link FRAME_BYTES} bytes (the socket sees to that).
 * @returns The checked frame, or which answer it deserves. Never throws.
 */
export function parseFrame(text: string): ParsedFrame {
  const raw = parseJson(text)
  if (!isObject(raw) || depth(raw) > FRAME_DEPTH || typeof raw.type !== 'string') return malformed

  const silent = raw.type === 'typing' || raw.type === 'read'
  const known = cid.safeParse(raw.cid)
  if (!silent && !known.success) return malformed

  const schema = Object.hasOwn(frames, raw.type) ? frames[raw.type as keyof Frames] : undefined
  if (!schema) return { ok: false, cid: known.data ?? null, code: 'unknown_type' }

  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, frame: parsed.data }
  return {
    ok: false,
    cid: known.data ?? null,
    code: 'bad_request',
    field: parsed.error.issues[0]?.path.join('.') ?? '',
    ...(silent && { silent: true as const }),
  }
}

const malformed: ParsedFrame = { ok: false, cid: null, code: 'bad_request' }

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How deep a JSON value nests; stops counting past the limit, so that a hostile frame costs little. */
function depth(value: unknown, level = 1): number {
  if (typeof value !== 'object' || value === null || level > FRAME_DEPTH) return level
  let deepest = level
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) {
      deepest = Math.max(deepest, depth(inner, level + 1))
      if (deepest > FRAME_DEPTH) break
    }
  }
  return deepest
}
