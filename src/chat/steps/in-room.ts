import { ChatError } from '../../errors.js'
import type { ClientFrame } from '../../frames.js'
import { roomName } from '../../room-name.js'
import type { ChatDeps } from '../deps.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/** What may be asked of a room by a connection that has not joined it: by who may enter it. */
const FROM_OUTSIDE: ReadonlySet<ClientFrame['type']> = new Set([
  'read',
  'notify',
  'room',
  'approve',
  'invite',
  'invites',
  'revoke',
])

/** Only who is in a room may ask anything of it; rights are looked at on every frame, not at the door alone. */
export const inRoom = (deps: ChatDeps): Step<FrameContext> =>
  function inRoom(ctx, next) {
    const { frame, connection } = ctx
    const { type } = frame
    if (type === 'join' || type === 'search' || !('room' in frame)) return next()
    if (frame.room === undefined) return next()

    const name = connection.memberships.has(frame.room) ? frame.room : roomName(frame.room)
    const membership = name === undefined ? undefined : connection.memberships.get(name)
    if (!membership) return outside(frame.room, ctx, { ...deps, next })
    ctx.room = membership.room
    return next()
  }

/** The connection has not joined this room. */
async function outside(
  name: string,
  ctx: FrameContext,
  { rooms, doors, next }: ChatDeps & { next: () => Promise<void> },
): Promise<void> {
  const { frame, connection } = ctx
  const found = await doors.find(name, connection)
  if (found.access === 'closed' || found.access === 'free') throw new ChatError('no_such_room')
  // A bot is a member of its rooms, whether its program listens or not.
  const isMember = connection.grant !== undefined
  if (found.access !== 'in' || !(isMember || isFromOutside(frame)))
    throw new ChatError('not_joined')
  ctx.room = await rooms.reach(found.row)
  return next()
}

const isFromOutside = (frame: ClientFrame): boolean =>
  FROM_OUTSIDE.has(frame.type) || (frame.type === 'leave' && frame.forget === true)
