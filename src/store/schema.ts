import type { Generated, Kysely } from 'kysely'
import type { NumberedType } from '../protocol.js'

/** The tables, as the newest migration leaves them. Times are integer milliseconds since 1970 UTC. */
export interface Schema {
  meta: { name: string; value: string }
  rooms: RoomsTable
  events: EventsTable
  users: { id: Generated<number>; name: string; skeleton: string; imageid: string }
  bots: { id: number; name: string; imageid: string }
  sessions: SessionsTable
  reads: { user_id: number; room_id: number; seq: number }
  secrets: { name: string; value: string; made_at: number }
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
  /** JSON of an `EventExtra`. */
  extra: string | null
}

export interface SessionsTable {
  sid_hash: string
  user_id: number
  born: number
  seen: number
  /** 0 or 1. */
  revoked: Generated<number>
}
