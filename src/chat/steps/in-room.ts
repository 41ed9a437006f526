import { ChatError } from '../../errors.js'
import { roomName } from '../rooms.js'
import type { ChatDeps } from '../chat.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/** Only who is in a room may ask anything of it; rights are looked at on every frame, not at the door alone. */
export const inRoom = ({ rooms, order }: ChatDeps): Step<FrameContext> =>
  async function inRoom(ctx, next) {
    const { frame, connection } = ctx
    const { type } = frame
    if (type === 'join' || type === 'search' || !('room' in frame)) return next()
    if (frame.room === undefined) return next()

    const name = connection.memberships.has(frame.room) ? frame.room : roomName(frame.room)
    const membership = name === undefined ? undefined : connection.memberships.get(name)
    if (!membership) {
      const found = await rooms.find(frame.room)
      if (found) order.admit(found, connection)
      throw new ChatError(found ? 'not_joined' : 'no_such_room')
    }
    ctx.room = membership.room
    return next()
  }
