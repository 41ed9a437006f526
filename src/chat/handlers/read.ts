import type { RoomHandler } from '../pipeline.js'

/** Keeps how far a person has read, for all devices. A number that was not given out yet is ignored. */
export const read: RoomHandler<'read'> = async ({ frame, room, connection }, { reads }) => {
  const { seq } = frame
  if (seq <= room.head) await reads.advance(connection.user.id, room.id, seq)
}
