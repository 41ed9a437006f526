import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { actor, noteAct } from '../order/acts.js'
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
  // Where nobody waits before the door, turning away would keep nobody out.
  if (!on && !room.settings.approval) throw new ChatError('denied', { why: 'openDoor' })
  const changed = await order.inTurn(async () => {
    if (!(await doors.approve(room, user, on))) return false
    const name = (await order.options.store.users.byId(user))?.name ?? ''
    const entry = { by: actor(connection), action: 'approve', roomId: room.id, details: { on } }
    await noteAct(order, { ...entry, target: { id: user, name } })
    return true
  })
  if (changed) room.tellModerators({ type: 'answered', room: room.name, user, on })
  connection.send(ack(cid, { room: room.name, user, on, ...(!changed && { dup: true }) }))
}
