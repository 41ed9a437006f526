import { ack } from '../answers.js'
import { report as tell } from '../order/report.js'
import type { RoomHandler } from '../pipeline.js'

/** Asks the moderators to look at a message. */
export const report: RoomHandler<'report'> = async ({ frame, room, connection }, { order }) => {
  const { cid, message: seq, data } = frame
  await tell(order, { connection, room, seq, data })
  connection.send(ack(cid, { room: room.name }))
}
