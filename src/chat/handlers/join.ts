import { enter } from '../enter.js'
import type { FrameContext } from '../pipeline.js'
import type { ChatDeps } from '../chat.js'

/**
 * Comes into a room, or back into it, from where the client stands. A client that found a hole asks the
 * same by `sync`.
 */
export async function join(
  { frame, connection }: FrameContext<'join' | 'sync'>,
  { rooms, order, reads }: ChatDeps,
): Promise<void> {
  const { cid, room: name, epoch, since, mark } = frame
  const room = await rooms.join(name, connection.user.id)
  order.admit(room, connection)
  const read = await reads.of(connection.user.id, room.id)
  const you = { read, ...order.standing(connection, room) }
  order.admit(room, connection) // once more: a ban may have come meanwhile
  await enter(connection, room, { cid, position: { epoch, since, mark }, you })
}
