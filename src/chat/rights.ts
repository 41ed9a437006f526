import { ChatError, type DeniedReason } from '../errors.js'
import type { Role, RoomSettings } from '../protocol.js'

/**
 * Who may do what: THE table, of pure functions. The step `rights` asks it of every frame, before anything
 * else looks at it; handlers ask again once they know the message or the person that it is about.
 */

/** What the rules look at in a room. */
export type RoomRules = Pick<RoomSettings, 'kind' | 'announce' | 'archived'>

/** Who asks, and where. Of a frame that names no room: server-wide, and {@link anywhere}. */
export interface Asking {
  role: Role | undefined
  room: RoomRules
  /** How long the asker may not speak here, in milliseconds; 0: may speak. */
  mutedMs: number
}

/** The message that an action is about. */
export interface Touched {
  /** The asker wrote it; of a bot's answer: asked for it. */
  own: boolean
  /** The time in which its author may change it is over. */
  late: boolean
}

/** The person that an action is about. */
export interface Judged {
  /** The asker. */
  self: boolean
  /** A person, here or known; not a bot. */
  person: boolean
  /** Their role, of the same room as the asker's. */
  role: Role | undefined
}

/** Where no room is named. */
export const anywhere: RoomRules = { kind: 'room', announce: false, archived: false }

type Rule<Facts> = (asking: Asking, facts: Facts) => ChatError | undefined

const unmuted: Rule<unknown> = ({ mutedMs }) =>
  mutedMs > 0 ? new ChatError('muted', { waitMs: mutedMs }) : undefined
const writable: Rule<unknown> = ({ room }) => (room.archived ? denied('archived') : undefined)
const speaker: Rule<unknown> = ({ room, role }) =>
  room.announce && !role ? denied('announce') : undefined
const moderator: Rule<unknown> = ({ role }) => (role ? undefined : denied('moderators'))
const host: Rule<unknown> = ({ role }) => (role === 'host' ? undefined : denied('host'))
/** In a room of two both are at home. */
const atHome: Rule<unknown> = (asking) =>
  asking.room.kind === 'direct' ? undefined : moderator(asking, undefined)

/** What everybody may who is in the room, or signed in where no room is named. */
const open: readonly Rule<unknown>[] = []
const writing = [writable, speaker, unmuted]

/** By frame type. In a list the first rule that refuses has the word. */
const rules = {
  join: open,
  sync: open,
  leave: open,
  history: open,
  members: open,
  bots: open,
  commands: open,
  /** What a bot may do in a room. */
  policy: [moderator],
  /** How much of a bot somebody wants to see. */
  volume: open,
  nickname: open,
  read: open,
  search: open,
  pins: open,
  rooms: open,
  /** `[rooms] create` has the word. */
  make: open,
  direct: open,
  notify: open,
  stop: open,
  report: open,
  /** The settings of a room, read. */
  room: open,

  chat: writing,
  typing: writing,
  edit: writing,
  react: [writable, unmuted],
  /** A choice under a bot's message. */
  answer: [writable, unmuted],
  recall: [writable],
  pin: [writable, atHome, unmuted],
  topic: [writable, moderator, unmuted],
  /** `@all` in a line. */
  callAll: [moderator],

  /** The settings of a room, changed; also what makes it writable again. */
  settings: [moderator],
  invite: [moderator],
  invites: [moderator],
  revoke: [moderator],
  approve: [moderator],
  mute: [moderator],
  kick: [moderator],
  ban: [moderator],
  unban: [moderator],
  bans: [moderator],
  reports: [moderator],
  /** A report, marked as seen to. */
  handled: [moderator],
  /** How the bots of a room fare. */
  botHealth: [moderator],
  audit: [moderator],
  role: [host],
} satisfies Record<string, readonly Rule<unknown>[]>

const own: Rule<Touched> = (_, { own }) => (own ? undefined : denied('own'))
const inTime: Rule<Touched> = (_, { late }) => (late ? new ChatError('too_late') : undefined)
const orModerator =
  (rule: Rule<Touched>): Rule<Touched> =>
  (asking, message) =>
    asking.role ? undefined : rule(asking, message)

/** What depends on the message. */
const onMessage = {
  edit: [own, inTime],
  recall: [orModerator(own), orModerator(inTime)],
  stop: [orModerator(own)],
} satisfies Record<string, readonly Rule<Touched>[]>

const known: Rule<Judged> = (_, { person }) => (person ? undefined : denied('nobody'))
const another: Rule<Judged> = (_, { self }) => (self ? denied('self') : undefined)
/** Nobody acts on the host, and moderators not on each other. */
const outranked: Rule<Judged> = ({ role }, judged) =>
  judged.role === 'host' || (judged.role === 'mod' && role !== 'host') ? denied('peers') : undefined
const notHost: Rule<Judged> = (_, { role }) => (role === 'host' ? denied('peers') : undefined)

/** What depends on the person. */
const onPerson = {
  mute: [known, another, outranked],
  kick: [known, another, outranked],
  approve: [outranked],
  ban: [known, another, outranked],
  role: [known, another, notHost],
} satisfies Record<string, readonly Rule<Judged>[]>

export type Action = keyof typeof rules

/** Everything that the table knows. */
export const actions: readonly string[] = Object.keys(rules)

/** May somebody with this role everywhere make a room? @param create `[rooms] create`. */
export const mayMake = (create: 'anyone' | 'host' | 'nobody', role: Role | undefined): boolean =>
  create === 'anyone' || (create === 'host' && role === 'host')

/** @returns why this may not be done here; undefined: it may. */
export const may = (action: Action, asking: Asking): ChatError | undefined =>
  first(rules[action], asking, undefined)

/** The same question about a message. To be asked behind {@link may}. */
export const mayTouch = (
  action: keyof typeof onMessage,
  asking: Asking,
  message: Touched,
): ChatError | undefined => first(onMessage[action], asking, message)

/** The same question about a person. To be asked behind {@link may}. */
export const mayJudge = (
  action: keyof typeof onPerson,
  asking: Asking,
  person: Judged,
): ChatError | undefined => first(onPerson[action], asking, person)

function first<F>(list: readonly Rule<F>[], asking: Asking, facts: F): ChatError | undefined {
  for (const rule of list) {
    const refusal = rule(asking, facts)
    if (refusal) return refusal
  }
  return undefined
}

const denied = (why: DeniedReason) => new ChatError('denied', { why })
