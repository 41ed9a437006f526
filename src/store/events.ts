import type { NumberedEvent, NumberedType } from '../protocol.js'
import { eventIn, eventsOf } from './event-row.js'
import { formsOf } from './forms.js'
import { firstThatFit } from './page.js'
import { pinned, pinsOf } from './pins.js'
import { forReader, ownMarks } from './own-marks.js'
import { hashOfReceived } from './received.js'
import type { Db } from './schema.js'
import type { EventStore, Page, RoomRow } from './store.js'
import { writeEvents, type AskWritten } from './written.js'

/** What a reader scrolls through; the rest changes one of these. */
const TIMELINE: NumberedType[] = ['chat', 'notice', 'topic', 'pin']

/** What was said, read back. Writing is `append`, the store's own. */
export const eventStore = (db: Db, ask: AskWritten): EventStore => ({
  async range(room, after, limit) {
    const rows = await eventsOf(db, room)
      .where('events.seq', '>', after)
      .orderBy('events.seq')
      .limit(limit)
      .execute()
    return firstThatFit(rows.map(eventIn(room)).map(withoutReactions))
  },

  async timeline(room, window) {
    const { limit, reader } = window
    const turned = window.after === undefined
    const rooms = new Map([[room.id, room.name]])
    const { json, more, crowded } = await ask(linesOf(db, room, window), { rooms, limit, turned })
    if (!crowded || reader === undefined) return { json, more }
    const page = await timeline(db, room, window)
    return { json: writeEvents(page.events).json, more: page.more }
  },

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
  forms: (room, message) => formsOf(db, room, message),
  ownMarks: (room, userId, messages) => ownMarks(db, room, userId, messages),

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

async function timeline(db: Db, room: RoomRow, window: Window): Promise<Page> {
  const { after, limit, reader } = window
  const rows = await linesOf(db, room, window).execute()
  const asked = rows.slice(0, limit).map(eventIn(room))
  const events = firstThatFit(
    reader === undefined ? asked : await forReader(db, room, asked, reader),
  )
  const more = events.length < rows.length
  return { events: after === undefined ? events.toReversed() : events, more }
}

/** In the direction of paging; one more than asked for, to see whether there are more. */
function linesOf(db: Db, room: RoomRow, { before, after, limit }: Window) {
  const lines = eventsOf(db, room)
    .where('events.type', 'in', TIMELINE)
    .limit(limit + 1)
  if (after !== undefined) return lines.where('events.seq', '>', after).orderBy('events.seq')
  return (before === undefined ? lines : lines.where('events.seq', '<', before)).orderBy(
    'events.seq',
    'desc',
  )
}

function withoutReactions(event: NumberedEvent): NumberedEvent {
  const { reactions: _told, ...rest } = event
  return rest
}
