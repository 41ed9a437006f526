import { ack } from '../answers.js'
import { letIn } from '../doors/let-in.js'
import { actor } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'
import { mayJudge } from '../rights.js'

/** A moderator answers who waits before the door. */
export const approve: RoomHandler<'approve'> = async ({ frame, room, connection }, deps) => {
  const { cid, user, on } = frame
  const { order } = deps
  const judged = {
    self: user === connection.user.id,
    person: user > 0,
    role: order.roles.roleIn(room, user),
  }
  const refusal = mayJudge('approve', order.asking(connection, room), judged)
  if (refusal) throw refusal
  const changed = await letIn(room, { by: actor(connection), user, on }, deps)
  connection.send(ack(cid, { room: room.name, user, on, ...(!changed && { dup: true }) }))
}
