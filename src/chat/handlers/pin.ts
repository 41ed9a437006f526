import type { RoomHandler } from '../pipeline.js'

/** A message is pinned for everybody in the room, or no longer. The store tells how it begins. */
export const pin: RoomHandler<'pin'> = async (ctx, { change }) => {
  const { message, on } = ctx.frame
  await change(ctx, { data: '', extra: { message, on } })
}
