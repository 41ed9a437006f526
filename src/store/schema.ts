import type { Generated, Kysely } from 'kysely'
import type { BotPolicy, Level, NumberedType, Role, RoomKind, Volume } from '../protocol.js'

/** The tables, as the newest migration leaves them. Times are integer milliseconds since 1970 UTC. */
export interface Schema {
  meta: { name: string; value: string }
  rooms: RoomsTable
  events: EventsTable
  users: { id: Generated<number>; name: string; skeleton: string; imageid: string }
  bots: { id: number; name: string; imageid: string }
  /** `value` is JSON. */
  bot_store: { bot_id: number; room_id: number; key: string; value: string }
  bot_policies: BotPoliciesTable
  number_stretches: NumberStretchesTable
  bot_volumes: { user_id: number; bot_id: number; level: Volume }
  sessions: SessionsTable
  /** Messages that wait to be indexed. */
  search_todo: { doc: number; room_id: number; seq: number }
  reads: { user_id: number; room_id: number; seq: number }
  reactions: { room_id: number; message: number; data: string; user_id: number; seq: number }
  answers: {
    room_id: number
    message: number
    choice: string
    user_id: number
    seq: number
    /** JSON of what was written; null: a choice. */
    form: string | null
  }
  pins: { room_id: number; message: number; seq: number }
  mentions: MentionsTable
  room_people: RoomPeopleTable
  invites: InvitesTable
  secrets: { name: string; value: string; made_at: number }
  roles: { user_id: number; role: Role; at: number }
  sanctions: SanctionsTable
  sanction_targets: SanctionTargetsTable
  audit: AuditTable
  reports: ReportsTable
  host_links: { hash: string; expires_at: number }
  bot_tokens: BotTokensTable
}

/** Kysely over these tables, or a transaction of it. */
export type Db = Kysely<Schema>

export interface RoomsTable {
  id: Generated<number>
  name: string
  title: string
  /** Number of the last event. */
  seq: Generated<number>
  at: number
  floor: Generated<number>
  made_at: number
  made_by: number | null
  kind: Generated<RoomKind>
  topic: Generated<string>
  /** 0 or 1, as the other settings are. */
  unlisted: Generated<number>
  announce: Generated<number>
  archived: Generated<number>
  approval: Generated<number>
  math: Generated<number>
  slow_ms: Generated<number>
  /** Salt and hash; null: none is asked for. */
  passcode: string | null
  /** Of a direct room: its two members, so that two get no second one. */
  pair: string | null
}

export interface NumberStretchesTable {
  id: Generated<number>
  room_id: number
  stretch: number
}

export interface BotPoliciesTable {
  room_id: number
  bot_id: number
  mode: BotPolicy['mode']
  callers: BotPolicy['callers']
  /** `HH:MM`; both or neither. */
  quiet_from: string | null
  quiet_until: string | null
}

/** Who belongs to a room, from the first joining on. */
export interface RoomPeopleTable {
  user_id: number
  room_id: number
  level: Generated<Level>
  /** 1: let in; 0: waits for a moderator; −1: was turned away. */
  approved: Generated<number>
  since: number
}

export interface InvitesTable {
  id: Generated<number>
  room_id: number
  token_hash: string
  made_by: number
  made_at: number
  expires_at: number | null
  uses: number | null
  used: Generated<number>
  revoked_at: number | null
}

export interface EventsTable {
  room_id: number
  seq: number
  type: NumberedType
  at: number
  user_id: number
  /** Name and face as they were: a later rename does not rewrite the past. */
  user_name: string
  user_imageid: string
  cid: string
  data: string
  /** Hash of the text as it was received. */
  received: Uint8Array
  /** JSON of an `EventExtra`, and of a `PresentForm` once later events have changed it. */
  extra: string | null
  /** Number of the message that the event answers, changes or points at: the same as in `extra`. */
  message: number | null
  /** Number of a message in the search index, in the order of all rooms; null: it is not in it. */
  doc: Generated<number | null>
}

/** Who is called in a message by `@name`, as it reads now. */
export interface MentionsTable {
  room_id: number
  seq: number
  /** A person; null: everybody. */
  user_id: number | null
}

export interface SessionsTable {
  sid_hash: string
  user_id: number
  born: number
  seen: number
  /** 0 or 1. */
  revoked: Generated<number>
  /** Hash of the id of the browser that it began in. */
  device: string | null
}

export interface SanctionsTable {
  id: Generated<number>
  kind: 'mute' | 'ban'
  /** Null: everywhere. */
  room_id: number | null
  /** Null: nobody in particular. */
  user_id: number | null
  user_name: string
  /** Null: for good. */
  until: number | null
  /** Null: the command line. */
  by_id: number | null
  by_name: string
  at: number
  lifted_at: number | null
}

export interface SanctionTargetsTable {
  sanction_id: number
  target: 'user' | 'device' | 'name' | 'address'
  value: string
}

export interface AuditTable {
  id: Generated<number>
  at: number
  /** Null: the command line. */
  by_id: number | null
  by_name: string
  action: string
  room_id: number | null
  target_id: number | null
  target_name: string | null
  /** JSON. */
  details: string | null
}

export interface ReportsTable {
  id: Generated<number>
  room_id: number
  seq: number
  by_id: number
  by_name: string
  at: number
  data: string
  /** Null: nobody has seen to it yet. */
  handled_at: number | null
  /** Null: the command line, or nobody yet. */
  handled_by_id: number | null
  handled_by_name: string | null
}

export interface BotTokensTable {
  id: Generated<number>
  hash: string
  bot_id: number
  /** Words with a space between them; so are the names of `rooms`, and none means every room that is open to all. */
  scopes: string
  rooms: string
  made_at: number
  /** Null: never. */
  expires_at: number | null
  used_at: number | null
  revoked_at: number | null
}
