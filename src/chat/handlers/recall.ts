import type { RoomHandler } from '../pipeline.js'
import { touch } from '../touch.js'

/** Somebody takes a message back: its text is gone for good. */
export const recall: RoomHandler<'recall'> = async (ctx, deps) => {
  const { room, connection, frame } = ctx
  const { message } = frame
  await touch('recall', { connection, room, message }, deps)
  await deps.change(ctx, { data: '', extra: { message } })
}
