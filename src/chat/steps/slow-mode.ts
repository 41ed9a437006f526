import type { ChatDeps } from '../deps.js'
import type { Step } from '../compose.js'
import type { FrameContext } from '../pipeline.js'

/** In a room with slow mode a person waits between two lines; what was not stored does not count. */
export const slowMode = ({ order }: ChatDeps): Step<FrameContext> =>
  function slowMode(ctx, next) {
    const { connection, frame, room } = ctx
    if (frame.type !== 'chat' || !room) return next()
    const takeBack = order.pace(connection, room)
    return takeBack ? counted(ctx, next, takeBack) : next()
  }

async function counted(
  ctx: FrameContext,
  next: () => Promise<void>,
  takeBack: () => void,
): Promise<void> {
  try {
    await next()
  } catch (error) {
    takeBack()
    throw error
  }
  if (ctx.repeated) takeBack()
}
