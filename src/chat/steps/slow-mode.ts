import type { ChatDeps } from '../deps.js'
import type { Step } from '../compose.js'
import type { FrameContext } from '../pipeline.js'

/** In a room with slow mode a person waits between two lines; what was not stored does not count. */
export const slowMode = ({ order }: ChatDeps): Step<FrameContext> =>
  async function slowMode(ctx, next) {
    const { connection, frame, room } = ctx
    if (frame.type !== 'chat' || !room) return next()
    const takeBack = order.pace(connection, room)
    try {
      await next()
    } catch (error) {
      takeBack()
      throw error
    }
    if (ctx.repeated) takeBack()
  }
