import { eventIn, eventsOf } from './event-row.js'
import { firstThatFit } from './page.js'
import { forReader } from './own-marks.js'
import type { Db } from './schema.js'
import type { Page, RoomRow } from './store.js'

/** The pinned messages of a room in present form for a reader, newest pin first, as many as fit into a page. */
export async function pinsOf(db: Db, room: RoomRow, reader: number): Promise<Page> {
  const rows = await eventsOf(db, room)
    .innerJoin('pins', (join) =>
      join.onRef('pins.room_id', '=', 'events.room_id').onRef('pins.message', '=', 'events.seq'),
    )
    .orderBy('pins.seq', 'desc')
    .execute()
  const pinned = await forReader(db, room, rows.map(eventIn(room)), reader)
  const events = firstThatFit(pinned)
  return { events, more: events.length < rows.length }
}

/** Their numbers, newest pin first. */
export async function pinned(db: Db, room: RoomRow): Promise<number[]> {
  const rows = await db
    .selectFrom('pins')
    .select('message')
    .where('room_id', '=', room.id)
    .orderBy('seq', 'desc')
    .execute()
  return rows.map(({ message }) => message)
}
