import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { kick as sendOut } from '../order/kick.js'
import type { Handler } from '../pipeline.js'

/** Sends somebody out of a room, or out of the house. */
export const kick: Handler<'kick'> = async ({ frame, room, connection }, { order }) => {
  const { cid, user: userId } = frame
  const person = await order.judged('kick', { connection, userId, ...(room && { room }) })
  await sendOut(order, { by: actor(connection), person, room })
  connection.send(ack(cid, { ...(room && { room: room.name }) }))
}
