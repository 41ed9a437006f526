import type { RoomHandler } from '../pipeline.js'

/** Tells the others that somebody writes. */
export const typing: RoomHandler<'typing'> = ({ room, connection }) => {
  const own = connection.memberships.get(room.name)
  if (!own) return
  const user = room.seen(connection.user)
  room.tell(JSON.stringify({ type: 'typing', room: room.name, user }), [own])
}
