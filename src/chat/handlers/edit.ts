import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'
import { touch } from '../touch.js'

/** Another text for a message: through the same door as the first one, so that it meets the same plugins. */
export const edit: RoomHandler<'edit'> = async (ctx, deps) => {
  const { cid, message, data } = ctx.frame
  const { room, connection } = ctx
  const said = await touch('edit', { connection, room, message }, deps)
  if (said.recalled) throw new ChatError('no_such_message')

  const { seq, at, dup, unchanged } = await deps.deliver({
    room,
    user: connection.user,
    cid,
    data,
    edits: message,
    lang: connection.lang,
    queued: ctx.queued,
  })
  const number = unchanged ? { dup: true } : { seq, at, ...(dup && { dup }) }
  connection.send(ack(cid, { room: room.name, ...number }))
}
