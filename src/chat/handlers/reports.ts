import { ack } from '../answers.js'
import { reportView } from '../order/views.js'
import type { Handler } from '../pipeline.js'

/**
 * What was reported, newest first: in a room, or without one anywhere. The message as it is now. Of their own messages
 * nobody reads it: others see to those.
 */
export const reports: Handler<'reports'> = async (
  { frame, room, connection },
  { order, rooms },
) => {
  const { cid, limit } = frame
  const { store } = order.options
  const kept = await store.reports.newest({
    limit,
    reader: connection.user.id,
    ...(room && { room: room.id }),
  })
  const reports = await Promise.all(kept.map((report) => reportView(report, rooms)))
  connection.send(ack(cid, { ...(room && { room: room.name }), reports }))
}
