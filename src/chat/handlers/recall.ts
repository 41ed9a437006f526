import { actor, noteAct } from '../order/acts.js'
import { seeToMessage } from '../order/report.js'
import type { RoomHandler } from '../pipeline.js'
import { touch } from '../touch.js'

/**
 * Somebody takes a message back: its text is gone for good. What a moderator takes back of others is noted, and what
 * was reported of it is seen to.
 */
export const recall: RoomHandler<'recall'> = async (ctx, deps) => {
  const { room, connection, frame } = ctx
  const { message } = frame
  const { user } = await touch('recall', { connection, room, message }, deps)
  const changed = await deps.change(ctx, { data: '', extra: { message } })
  if (!changed || user.id === connection.user.id) return
  const by = actor(connection)
  await noteAct(deps.order, {
    by,
    action: 'recall',
    roomId: room.id,
    target: { id: user.id, name: user.name },
    details: { message },
  })
  await seeToMessage(deps.order, { by, room, seq: message })
}
