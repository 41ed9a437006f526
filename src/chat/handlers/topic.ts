import { checkTopic } from '../keep.js'
import { noteInRoom } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'

/** What a room is about; empty: nothing in particular. */
export const topic: RoomHandler<'topic'> = async (ctx, { change, order }) => {
  const data = checkTopic(ctx.frame.data, ctx.connection.lang)
  if (await change(ctx, { data })) await noteInRoom(order, ctx, { action: 'topic' })
}
