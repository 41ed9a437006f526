/**
 * The words of the wire of `GET /chat` with the subprotocol `chat-room.v1`, and the limits of its parts.
 * docs/PROTOCOL.md tells what each means; what a client may send is checked by frames.ts. This file loads
 * nothing: threads that are to stay small need it as well.
 */

import type { BotRest } from './plugin.js'

export const SUBPROTOCOL = 'chat-room.v1'
export const HEARTBEAT_MS = 25_000

/** A frame from a client may have this many bytes, nest this deep. */
export const FRAME_BYTES = 65_536
export const FRAME_DEPTH = 8

/** A message text may have this many bytes in UTF-8, whatever its code points. */
export const MESSAGE_BYTES = 16_384

/** The first page of a resume, and one page of history, stop at this many bytes of JSON. */
export const PAGE_BYTES = 262_144
export const PAGE_EVENTS = 200
/** The longest pause of slow mode: six hours. */
export const SLOW_MOST_MS = 21_600_000

export const SNAPSHOT_EVENTS = 50
export const RESUME_EVENTS = 500

/** A mute lasts at most this long, a ban with an end this long; in milliseconds. */
export const MUTE_MS = 30 * 86_400_000
export const BAN_MS = 3_650 * 86_400_000
/** What somebody says about a message that they report, in UTF-16 units. */
export const REPORT_UNITS = 500

/** An event with a higher hop is not made: bots that answer each other stop here. */
export const MAX_HOP = 3

export type Role = 'host' | 'mod'

/** What a bot's token may allow: to hear and look up, to speak, to keep order, to make rooms and look after its own. */
export const SCOPES = ['read', 'write', 'moderate', 'rooms'] as const
export type Scope = (typeof SCOPES)[number]

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
  /** `auto`: all while one person is there, else when it is called, answered or commanded. `none`: no line, it only speaks. */
  hear: 'auto' | 'mention' | 'command' | 'all' | 'none'
  hear_bots?: true
  aliases: string[]
  /** Where what it hears goes; `hosts`, by name, on the internet only. */
  away: { to: 'machine' | 'network' | 'internet' | 'unknown'; hosts?: string[] }
  /** Where its tools are: `program` is one beside the server, which may send on what it gets. `host` as in `away`. */
  tools?: { name: string; to: 'machine' | 'network' | 'internet' | 'program'; host?: string }[]
  streams: boolean
  /** Without the slash. */
  commands: string[]
  /** `resting`: it failed too often in a row, or took much of the processor; `off`: its plugin is gone. */
  state: 'ready' | 'busy' | 'resting' | 'off'
  /** What the moderators of the asked room let it do. */
  policy?: BotPolicy
  /** Its quiet hours hold now. */
  quiet_now?: true
  /** What is left for who asks, where it answers only so much. */
  rest?: readonly BotRest[]
  /** What follows is for moderators, and counts from the start of the server. */
  answered?: number
  failed?: number
  p95_ms?: number
  last_error?: { at: number; kind: string; data?: string }
  /** Why its file cannot be used as it was saved last (the version before goes on), or why its program cannot come in. */
  broken?: string
}

/** What moderators let a bot do in a room. */
export interface BotPolicy {
  /** `off`: hears and says nothing. `called`: hears only what calls it. `active`: hears as it is configured. */
  mode: 'off' | 'called' | 'active'
  /** Whose lines it hears: everybody's, those of people, or of moderators. */
  callers: 'everybody' | 'members' | 'moderators'
  /** Times of day on the server's clock, `HH:MM`: between them it is as if it were `called`. */
  quiet?: { from: string; until: string }
}

/** What of a bot somebody wants to see, wherever it speaks: its lines, one folded row for them, or nothing. */
export type Volume = 'all' | 'folded' | 'muted'

/** A bot of which nobody has said anything. */
export const PLAIN_POLICY: BotPolicy = { mode: 'active', callers: 'everybody' }

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
  /** On an `answer` to a form, in the store and for the bot alone: nobody else is told. */
  form?: FormValues
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

/** One line of a short form. */
export type CardField = {
  id: string
  label: string
  /** It may stay empty. */
  optional?: true
} & (
  | { type: 'text'; /** Code points. */ max: number }
  | { type: 'number'; min?: number; max?: number; whole?: true }
  | { type: 'choice'; options: { id: string; label: string }[] }
)

/** Why a field does not hold; `limit` of a text or number. */
export interface FieldFault {
  why:
    | 'missing'
    | 'text'
    | 'number'
    | 'whole'
    | 'tooLong'
    | 'tooSmall'
    | 'tooLarge'
    | 'choice'
    | 'unknown'
  limit?: number
}

/** What somebody wrote into a form, by id of the field; what stayed empty is not there. */
export type FormValues = Record<string, string | number>

/** Choices under a bot's message. */
export interface Card {
  /** Of a form: the one that stands for having sent it. */
  choices: CardChoice[]
  /** It is a short form: an answer brings a value for each of these. */
  fields?: CardField[]
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
  | 'form'
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
  /** Of a form: what does not hold stands in `fields`. */
  | 'wrong_fields'
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
  binary: 1003,
  policy: 1008,
  serverError: 1011,
  restart: 1012,
  overloaded: 1013,
  invalidUser: 4001,
  noAccess: 4003,
  tooManyConnections: 4004,
  slowConsumer: 4008,
  noPong: 4012,
} as const
