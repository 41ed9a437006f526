import { ack } from '../answers.js'
import { banView } from '../order/views.js'
import type { Handler } from '../pipeline.js'

/** Who is kept out now: of a room, or without one of anywhere. */
export const bans: Handler<'bans'> = ({ frame, room, connection }, { order, rooms }) => {
  const held = order.sanctions.active('ban').filter(({ roomId }) => !room || roomId === room.id)
  const bans = held.toReversed().map((sanction) => banView(sanction, rooms))
  connection.send(ack(frame.cid, { ...(room && { room: room.name }), bans }))
}
