import { ack } from '../answers.js'
import { leave } from '../enter.js'
import type { RoomHandler } from '../pipeline.js'

/** Goes out of a room on this connection. */
export const leaveRoom: RoomHandler<'leave'> = ({ frame, room, connection }) => {
  const { cid } = frame
  leave(connection, room.name)
  connection.send(ack(cid, { room: room.name }))
}
