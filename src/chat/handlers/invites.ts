import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { inviteView, makeInvite } from '../doors/invites.js'
import { noteInRoom } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'

/** Makes a link that lets people in. */
export const invite: RoomHandler<'invite'> = async (ctx, deps) => {
  const { room, connection } = ctx
  const { cid, ms, uses } = ctx.frame
  const { made, token } = await makeInvite(deps, {
    roomId: room.id,
    by: connection.user.id,
    ms,
    uses,
  })
  await noteInRoom(deps.order, ctx, { action: 'invite', details: { invite: made.id } })
  const url = `${connection.origin()}/i/${token}`
  connection.send(ack(cid, { room: room.name, invite: { ...inviteView(made), url } }))
}

/** The invites that still let somebody in, newest first. */
export const invites: RoomHandler<'invites'> = async (
  { frame, room, connection },
  { invites, clock },
) => {
  const open = await invites.open(room.id, clock.now())
  connection.send(ack(frame.cid, { room: room.name, invites: open.map(inviteView) }))
}

/** Ends an invite; who came by it stays. */
export const revoke: RoomHandler<'revoke'> = async (ctx, { invites, order, clock }) => {
  const { room, connection } = ctx
  const { cid, invite } = ctx.frame
  const status = await invites.revoke(room.id, invite, clock.now())
  if (status === 'unknown') throw new ChatError('no_such_invite')
  if (status === 'now') await noteInRoom(order, ctx, { action: 'revoke', details: { invite } })
  connection.send(ack(cid, { room: room.name, invite, ...(status === 'before' && { dup: true }) }))
}
