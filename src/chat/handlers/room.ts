import { ack } from '../answers.js'
import { keep } from '../keep.js'
import { actor } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'
import { may } from '../rights.js'

/** How a room is kept: read by everybody who may enter it, changed by its moderators. */
export const room: RoomHandler<'room'> = async ({ frame, room, connection }, deps) => {
  const { cid, set } = frame
  if (set) {
    const refusal = may('settings', deps.order.asking(connection, room))
    if (refusal) throw refusal
    await keep(room, set, { user: connection.user, actor: actor(connection) }, deps)
  }
  connection.send(ack(cid, { room: room.name, settings: room.settings }))
}
