import { isCrowded, withMine } from '../present-form.js'
import type { NumberedEvent } from '../protocol.js'
import type { Db } from './schema.js'
import type { Own, RoomRow } from './store.js'

/** The emoji that somebody put on these messages. */
export async function reactionsOf(
  db: Db,
  room: RoomRow,
  userId: number,
  messages: readonly number[],
): Promise<Own> {
  const own = new Map<number, Set<string>>()
  if (messages.length === 0) return own
  const rows = await db
    .selectFrom('reactions')
    .select(['message', 'data'])
    .where('room_id', '=', room.id)
    .where('message', 'in', messages)
    .where('user_id', '=', userId)
    .execute()
  for (const { message, data } of rows) {
    own.set(message, (own.get(message) ?? new Set()).add(data))
  }
  return own
}

/** The same events for one reader: where more have reacted than are named, it says whether the reader has. */
export async function forReader(
  db: Db,
  room: RoomRow,
  events: NumberedEvent[],
  reader: number,
): Promise<NumberedEvent[]> {
  const crowded = events.filter(isCrowded).map(({ seq }) => seq)
  if (crowded.length === 0) return events
  const own = await reactionsOf(db, room, reader, crowded)
  return events.map((event) => withMine(event, own.get(event.seq) ?? nothing))
}

const nothing: ReadonlySet<string> = new Set()
