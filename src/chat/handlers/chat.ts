import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { descent } from '../bots/descent.js'
import type { RoomHandler } from '../pipeline.js'

/** Somebody says something: through the only door, then the ack, after COMMIT. */
export const chat: RoomHandler<'chat'> = async (ctx, deps) => {
  const { cid, data, reply_to, files } = ctx.frame
  const { room, connection } = ctx
  if (files?.length) throw new ChatError('bad_request', { values: { field: 'files' } })

  const from = connection.grant && (await descent({ connection, room, answers: reply_to }, deps))
  const { seq, at, dup } = await deps.deliver({
    room,
    user: connection.user,
    cid,
    data,
    lang: connection.lang,
    queued: ctx.queued,
    ...(reply_to !== undefined && { reply_to }),
    ...from,
  })
  ctx.repeated = dup
  connection.send(ack(cid, { room: room.name, seq, at, ...(dup && { dup }) }))
}
