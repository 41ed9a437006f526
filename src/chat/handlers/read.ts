import type { RoomHandler } from '../pipeline.js'

/**
 * Keeps how far a person has read, for all devices, and tells the others. A number that was not given out yet
 * is ignored.
 */
export const read: RoomHandler<'read'> = async (
  { frame, room, connection },
  { attention, telling },
) => {
  const place = await attention.read(connection.user.id, room, frame.seq)
  if (!place) return
  const { read, count } = place
  // Not `seq`: that is what clients tell numbered events by.
  telling.others(connection, { type: 'read', room: room.name, read, ...count })
}
