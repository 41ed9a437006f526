import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { leave } from '../enter.js'
import type { RoomHandler } from '../pipeline.js'

/** Goes out of a room on this connection; with `forget` on all of them, and the room is theirs no more. */
export const leaveRoom: RoomHandler<'leave'> = async ({ frame, room, connection }, { doors }) => {
  const { cid, forget } = frame
  if (forget) {
    // Nobody else could let them in again.
    if (room.settings.kind === 'direct') throw new ChatError('denied', { why: 'ofTwo' })
    await doors.forget(room, connection.user.id)
  } else {
    leave(connection, room.name)
  }
  connection.send(ack(cid, { room: room.name }))
}
