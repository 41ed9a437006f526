import type { Selectable } from 'kysely'
import type { EventExtra, NumberedEvent, NumberedType } from '../protocol.js'
import { member } from './member.js'
import { firstThatFit } from './page.js'
import { hashOfReceived } from './received.js'
import type { Db, EventsTable } from './schema.js'
import type { EventStore, Page, RoomRow } from './store.js'

/** What a reader scrolls through; the rest changes one of these. */
const TIMELINE: NumberedType[] = ['chat', 'notice', 'topic', 'pin']

/** What was said, read back. Writing is `append`, the store's own. */
export const eventStore = (db: Db): EventStore => ({
  async range(room, after, limit) {
    const rows = await eventsOf(db, room)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit)
      .execute()
    return firstThatFit(rows.map(eventIn(room)))
  },

  async timeline(room, { before, after, limit }) {
    const lines = eventsOf(db, room).where('type', 'in', TIMELINE)
    if (after !== undefined) {
      return page(room, await forward(lines, after, limit), limit)
    }
    const { events, more } = page(room, await backward(lines, before, limit), limit)
    return { events: events.toReversed(), more }
  },

  async bySeq(room, seq) {
    const row = await eventsOf(db, room).where('seq', '=', seq).executeTakeFirst()
    return row && eventIn(room)(row)
  },

  async known(roomId, userId, cid, received) {
    const row = await db
      .selectFrom('events')
      .select(['seq', 'at', 'received'])
      .where('room_id', '=', roomId)
      .where('user_id', '=', userId)
      .where('cid', '=', cid)
      .executeTakeFirst()
    if (!row) return undefined
    if (Buffer.compare(row.received, hashOfReceived(received)) !== 0) return { status: 'conflict' }
    return { status: 'dup', seq: row.seq, at: row.at }
  },
})

const columns = [
  'seq',
  'type',
  'at',
  'user_id',
  'user_name',
  'user_imageid',
  'cid',
  'data',
  'extra',
] as const
type EventRow = Pick<Selectable<EventsTable>, (typeof columns)[number]>

const eventsOf = (db: Db, room: RoomRow) =>
  db.selectFrom('events').select(columns).where('room_id', '=', room.id)
type Lines = ReturnType<typeof eventsOf>

/** One more than asked for, to see whether there are more. */
const forward = (lines: Lines, after: number, limit: number): Promise<EventRow[]> =>
  lines
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit + 1)
    .execute()

const backward = (lines: Lines, before: number | undefined, limit: number): Promise<EventRow[]> =>
  (before === undefined ? lines : lines.where('seq', '<', before))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()

function page(room: RoomRow, rows: EventRow[], limit: number): Page {
  const events = firstThatFit(rows.slice(0, limit).map(eventIn(room)))
  return { events, more: events.length < rows.length }
}

const eventIn =
  (room: RoomRow) =>
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
  })

/** It was written from the same type by {@link Store.append}. */
const parseExtra = (json: string): EventExtra => JSON.parse(json)
