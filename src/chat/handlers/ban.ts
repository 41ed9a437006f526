import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { ban as keepOut, targetsOf } from '../order/ban.js'
import { banView } from '../order/views.js'
import type { Handler } from '../pipeline.js'

/** Keeps somebody out of a room or of the house, for a while or for good. */
export const ban: Handler<'ban'> = async ({ frame, room, connection }, { order, rooms }) => {
  const { cid, user: userId, by, ms, force } = frame
  const person = await order.judged('ban', { connection, userId, ...(room && { room }) })
  const targets = await targetsOf(order, person, by, force)
  const sanction = await keepOut(order, { by: actor(connection), person, room, targets, ms })
  connection.send(ack(cid, { ...(room && { room: room.name }), ban: banView(sanction, rooms) }))
}
