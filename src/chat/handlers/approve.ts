import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'
import { mayJudge } from '../rights.js'

/** Lets somebody in who waits before the door, or anybody else; or turns them away. */
export const approve: RoomHandler<'approve'> = async (
  { frame, room, connection },
  { doors, order },
) => {
  const { cid, user, on } = frame
  const judged = {
    self: user === connection.user.id,
    person: user > 0,
    role: order.roles.roleIn(room, user),
  }
  const refusal = mayJudge('approve', order.asking(connection, room), judged)
  if (refusal) throw refusal
  const changed = await doors.approve(room, user, on)
  connection.send(ack(cid, { room: room.name, user, on, ...(!changed && { dup: true }) }))
}
