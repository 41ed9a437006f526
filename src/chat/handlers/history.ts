import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { mayLookBack } from '../bots/hearing.js'
import type { RoomHandler } from '../pipeline.js'
import { jsonFrameWith } from '../wire.js'

/** A page of the past, in present form. */
export const history: RoomHandler<'history'> = async ({ frame, room, connection }, deps) => {
  mayLookBack(connection, room, deps)
  const { cid, before, after, limit } = frame
  if (before !== undefined && after !== undefined) {
    throw new ChatError('bad_request', { values: { field: 'before, after' } })
  }
  const page = await room.past.timeline({
    limit,
    reader: connection.user.id,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  })
  const { json, more } = page
  connection.sendFrame(jsonFrameWith(ack(cid, { room: room.name, more }), 'events', json))
}
