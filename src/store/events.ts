import type { NumberedEvent, NumberedType } from '../protocol.js'
import { eventIn, eventsOf, type EventRow, type Lines } from './event-row.js'
import { firstThatFit } from './page.js'
import { pinned, pinsOf } from './pins.js'
import { forReader, reactionsOf } from './reactions.js'
import { hashOfReceived } from './received.js'
import type { Db } from './schema.js'
import type { EventStore, Page, RoomRow } from './store.js'

/** What a reader scrolls through; the rest changes one of these. */
const TIMELINE: NumberedType[] = ['chat', 'notice', 'topic', 'pin']

/** What was said, read back. Writing is `append`, the store's own. */
export const eventStore = (db: Db): EventStore => ({
  async range(room, after, limit) {
    const rows = await eventsOf(db, room)
      .where('events.seq', '>', after)
      .orderBy('events.seq')
      .limit(limit)
      .execute()
    return firstThatFit(rows.map(eventIn(room)).map(withoutReactions))
  },

  timeline: (room, window) => timeline(db, room, window),

  /** In one transaction that reads: nothing comes in between, and a full disk does not disturb it. */
  snapshot: (room, window) =>
    db
      .transaction()
      .setAccessMode('read only')
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const { seq: head } = await trx
          .selectFrom('rooms')
          .select('seq')
          .where('id', '=', room.id)
          .executeTakeFirstOrThrow()
        const { events } = await timeline(trx, room, window)
        return { head, events, pins: await pinned(trx, room) }
      }),

  async bySeq(room, seq) {
    const row = await eventsOf(db, room).where('events.seq', '=', seq).executeTakeFirst()
    return row && eventIn(room)(row)
  },

  pins: (room, reader) => pinsOf(db, room, reader),
  pinned: (room) => pinned(db, room),
  reactionsOf: (room, userId, messages) => reactionsOf(db, room, userId, messages),

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

interface Window {
  before?: number
  after?: number
  limit: number
  reader?: number
}

async function timeline(
  db: Db,
  room: RoomRow,
  { before, after, limit, reader }: Window,
): Promise<Page> {
  const lines = eventsOf(db, room).where('events.type', 'in', TIMELINE)
  const rows = await (after === undefined
    ? backward(lines, before, limit)
    : forward(lines, after, limit))
  const asked = rows.slice(0, limit).map(eventIn(room))
  const events = firstThatFit(
    reader === undefined ? asked : await forReader(db, room, asked, reader),
  )
  const more = events.length < rows.length
  return { events: after === undefined ? events.toReversed() : events, more }
}

/** One more than asked for, to see whether there are more. */
const forward = (lines: Lines, after: number, limit: number): Promise<EventRow[]> =>
  lines
    .where('events.seq', '>', after)
    .orderBy('events.seq')
    .limit(limit + 1)
    .execute()

const backward = (lines: Lines, before: number | undefined, limit: number): Promise<EventRow[]> =>
  (before === undefined ? lines : lines.where('events.seq', '<', before))
    .orderBy('events.seq', 'desc')
    .limit(limit + 1)
    .execute()

function withoutReactions(event: NumberedEvent): NumberedEvent {
  const { reactions: _told, ...rest } = event
  return rest
}
