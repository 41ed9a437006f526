import { ack } from '../answers.js'
import type { Handler } from '../pipeline.js'

/** The room of two with somebody, made at the first asking. */
export const direct: Handler<'direct'> = async ({ frame, connection }, { pairs }) => {
  const room = await pairs.open(connection.user, frame.user)
  connection.send(ack(frame.cid, { room: room.name }))
}
