import { isCrowded, withMine, type OwnMarks } from '../present-form.js'
import type { NumberedEvent } from '../protocol.js'
import type { Db } from './schema.js'
import type { Own, RoomRow } from './store.js'

/** The emoji that somebody put on these messages, and what they chose under them. */
export async function ownMarks(
  db: Db,
  room: RoomRow,
  userId: number,
  messages: readonly number[],
): Promise<Own> {
  const own = new Map<number, { emoji: Set<string>; choices: Set<string> }>()
  if (messages.length === 0) return own
  const of = (message: number) => {
    const marks = own.get(message) ?? { emoji: new Set(), choices: new Set() }
    own.set(message, marks)
    return marks
  }
  const rows = await db
    .selectFrom('reactions')
    .select(['message', 'data'])
    .where('room_id', '=', room.id)
    .where('message', 'in', messages)
    .where('user_id', '=', userId)
    .execute()
  for (const { message, data } of rows) of(message).emoji.add(data)
  const chosen = await db
    .selectFrom('answers')
    .select(['message', 'choice'])
    .where('room_id', '=', room.id)
    .where('message', 'in', messages)
    .where('user_id', '=', userId)
    .execute()
  for (const { message, choice } of chosen) of(message).choices.add(choice)
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
  const own = await ownMarks(db, room, reader, crowded)
  return events.map((event) => withMine(event, own.get(event.seq) ?? nothing))
}

const nothing: OwnMarks = { emoji: new Set(), choices: new Set() }
