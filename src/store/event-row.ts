import type { Selectable } from 'kysely'
import { REPLY_CHARS, snippet } from '../present-form.js'
import type { EventExtra, NumberedEvent, PresentForm, Reply } from '../protocol.js'
import { member } from './member.js'
import type { Db, EventsTable } from './schema.js'
import type { RoomRow } from './store.js'

const columns = [
  'events.room_id',
  'events.seq',
  'events.type',
  'events.at',
  'events.user_id',
  'events.user_name',
  'events.user_imageid',
  'events.cid',
  'events.data',
  'events.extra',
  'answered.seq as answered_seq',
  'answered.user_id as answered_id',
  'answered.user_name as answered_name',
  'answered.user_imageid as answered_imageid',
  'answered.data as answered_data',
] as const

/** The events of a room, each with the message that it answers. */
export const eventsOf = (db: Db, room: RoomRow) =>
  everyEvent(db).where('events.room_id', '=', room.id)

/** The same, of all rooms. */
export const everyEvent = (db: Db) =>
  db
    .selectFrom('events')
    .leftJoin('events as answered', (join) =>
      join
        .onRef('answered.room_id', '=', 'events.room_id')
        .onRef('answered.seq', '=', 'events.message')
        .on('events.type', '=', 'chat'),
    )
    .select(columns)

export interface EventRow extends Answered, Selected {}

type Selected = Pick<
  Selectable<EventsTable>,
  | 'room_id'
  | 'seq'
  | 'type'
  | 'at'
  | 'user_id'
  | 'user_name'
  | 'user_imageid'
  | 'cid'
  | 'data'
  | 'extra'
>

/** Null where nothing is answered. */
interface Answered {
  answered_seq: number | null
  answered_id: number | null
  answered_name: string | null
  answered_imageid: string | null
  answered_data: string | null
}

/** A row as an event in present form. */
export const eventIn =
  (room: Pick<RoomRow, 'name'>) =>
  (row: EventRow): NumberedEvent => ({
    type: row.type,
    id: row.seq,
    seq: row.seq,
    room: room.name,
    at: row.at,
    user: member({ id: row.user_id, name: row.user_name, imageid: row.user_imageid }),
    data: row.data,
    cid: row.cid,
    ...(row.extra && parseExtra(row.extra)),
    ...(row.answered_seq !== null && { reply: replyOf(row.answered_seq, row) }),
  })

/** It was written from the same types by {@link Store.append}. */
const parseExtra = (json: string): EventExtra & PresentForm => JSON.parse(json)

const replyOf = (seq: number, row: Answered): Reply => ({
  seq,
  user: member({
    id: row.answered_id ?? 0,
    name: row.answered_name ?? '',
    imageid: row.answered_imageid ?? '',
  }),
  data: snippet(row.answered_data ?? '', REPLY_CHARS),
  ...(row.answered_data === '' && { recalled: true }), // nobody says nothing
})
