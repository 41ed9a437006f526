import { ChatError } from '../../errors.js'
import { descent } from '../bots/descent.js'
import { oneEmoji } from '../emoji.js'
import type { RoomHandler } from '../pipeline.js'

/** One emoji of somebody on a message, put there or taken away. */
export const react: RoomHandler<'react'> = async (ctx, deps) => {
  const { message, on } = ctx.frame
  const data = oneEmoji(ctx.frame.data)
  if (data === undefined) throw new ChatError('bad_request', { values: { field: 'data' } })
  const { connection, room } = ctx
  if (connection.grant) await descent({ connection, room, answers: message }, deps)
  await deps.change(ctx, { data, extra: { message, on } })
}
