import type { NumberedEvent, Reaction } from '../protocol.js'
import type { Db } from './schema.js'
import type { Mine, RoomRow } from './store.js'

/** Which reactions on these messages are this person's. */
export async function mine(
  db: Db,
  room: RoomRow,
  messages: readonly number[],
  userId: number,
): Promise<Mine[]> {
  if (messages.length === 0) return []
  return db
    .selectFrom('reactions')
    .select(['message', 'data'])
    .where('room_id', '=', room.id)
    .where('message', 'in', messages)
    .where('user_id', '=', userId)
    .execute()
}

/** The same events for one reader: where more have reacted than are named, it says whether the reader has. */
export async function withMine(
  db: Db,
  room: RoomRow,
  events: NumberedEvent[],
  reader: number,
): Promise<NumberedEvent[]> {
  const crowded = events.filter(({ reactions }) => reactions?.some(isCrowd))
  const own = await mine(
    db,
    room,
    crowded.map(({ seq }) => seq),
    reader,
  )
  if (own.length === 0) return events
  const isMine = (message: number, data: string) =>
    own.some((one) => one.message === message && one.data === data)
  return events.map((event) =>
    event.reactions
      ? { ...event, reactions: event.reactions.map(marked((data) => isMine(event.seq, data))) }
      : event,
  )
}

const isCrowd = ({ users, count }: Reaction): boolean => count > users.length

const marked =
  (isMine: (data: string) => boolean) =>
  (reaction: Reaction): Reaction =>
    isCrowd(reaction) && isMine(reaction.data) ? { ...reaction, mine: true } : reaction
