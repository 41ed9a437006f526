import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { mute as silence } from '../order/mute.js'
import type { Handler } from '../pipeline.js'

/** Lets somebody read but not speak for a while, in a room or everywhere; 0 lifts it. */
export const mute: Handler<'mute'> = async ({ frame, room, connection }, { order }) => {
  const { cid, user: userId, ms } = frame
  const person = await order.judged('mute', { connection, userId, ...(room && { room }) })
  const muted_until = await silence(order, { by: actor(connection), person, room, ms })
  connection.send(
    ack(cid, {
      ...(room && { room: room.name }),
      ...(muted_until !== undefined && { muted_until }),
    }),
  )
}
