import { ack } from '../answers.js'
import { entryView } from '../order/views.js'
import type { Handler } from '../pipeline.js'

/** Who did what to whom, newest first: in a room, or without one anywhere. */
export const audit: Handler<'audit'> = async ({ frame, room, connection }, { order, rooms }) => {
  const { cid, before, limit } = frame
  const kept = await order.options.store.audit.page({
    limit: limit + 1,
    ...(room && { room: room.id }),
    ...(before !== undefined && { before }),
  })
  const entries = kept.slice(0, limit).map((entry) => entryView(entry, rooms))
  const more = kept.length > limit
  connection.send(ack(cid, { ...(room && { room: room.name }), entries, more }))
}
