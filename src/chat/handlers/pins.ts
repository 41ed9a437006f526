import { ack } from '../answers.js'
import { mayLookBack } from '../bots/hearing.js'
import type { RoomHandler } from '../pipeline.js'

/** The pinned messages, newest pin first. */
export const pins: RoomHandler<'pins'> = async ({ frame, room, connection }, deps) => {
  mayLookBack(connection, room, deps)
  const page = await room.past.pins(connection.user.id)
  connection.send(ack(frame.cid, { room: room.name, ...page }))
}
