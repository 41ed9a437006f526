import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { seeTo } from '../order/report.js'
import type { Handler } from '../pipeline.js'

/** A moderator has seen to a report: it goes to the end of the list. */
export const handled: Handler<'handled'> = async ({ frame, room, connection }, { order }) => {
  const { cid, report } = frame
  const first = await seeTo(order, { by: actor(connection), id: report, room })
  const dup = !first && { dup: true }
  connection.send(ack(cid, { ...(room && { room: room.name }), report, ...dup }))
}
