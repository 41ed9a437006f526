import { noteInRoom } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'

/** A message is pinned for everybody in the room, or no longer. The store tells how it begins. */
export const pin: RoomHandler<'pin'> = async (ctx, { change, order }) => {
  const { message, on } = ctx.frame
  const changed = await change(ctx, { data: '', extra: { message, on } })
  if (!changed) return
  const author = (await ctx.room.bySeq(message))?.user
  const target = author ? { id: author.id, name: author.name } : null
  await noteInRoom(order, ctx, { action: on ? 'pin' : 'unpin', target, details: { message } })
}
