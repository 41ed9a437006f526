import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { unban as letIn } from '../order/ban.js'
import type { Handler } from '../pipeline.js'

/** Lets somebody in again. A moderator of a room lifts that room's bans, those of the house all. */
export const unban: Handler<'unban'> = async ({ frame, room, connection }, { order }) => {
  const ban = order.sanctions.byId(frame.ban)
  const theirs = ban?.kind === 'ban' && (!room || ban.roomId === room.id)
  if (!theirs) throw new ChatError('denied', { why: 'noBan' })
  await letIn(order, { by: actor(connection), ban })
  connection.send(ack(frame.cid, { ...(room && { room: room.name }) }))
}
