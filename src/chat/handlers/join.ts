import { enter, type OwnView } from '../enter.js'
import { mutedIn } from '../order/mute.js'
import type { FrameContext } from '../pipeline.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import type { Room } from '../room.js'

/**
 * Comes into a room, or back into it, from where the client stands. A client that found a hole asks the
 * same by `sync`.
 */
export async function join(
  { frame, connection }: FrameContext<'join' | 'sync'>,
  deps: ChatDeps,
): Promise<void> {
  const { cid, room: name, epoch, since, mark } = frame
  const passcode = 'passcode' in frame ? frame.passcode : undefined
  const room = await deps.doors.enter(name, connection, passcode)
  const own = await ownView(connection, room, deps)
  deps.order.admit(room, connection) // once more: a ban may have come meanwhile
  await enter(connection, room, { cid, position: { epoch, since, mark }, own })
}

async function ownView(
  connection: Connection,
  room: Room,
  { attention, order, people, mayReturn }: ChatDeps,
): Promise<OwnView> {
  const { user, lang } = connection
  const place = attention.place(user.id, room.id)
  const standing = order.standing(connection, room)
  const awaited = standing.role && room.settings.approval
  const peer = place?.peer
  const gone = peer?.kind === 'person' && !(await mayReturn(peer.id))
  const muted = standing.role ? [...mutedIn(order.sanctions, room.id)] : []
  return {
    title: peer?.name ?? room.titleIn(lang),
    you: { read: place?.read ?? 0, level: place?.level ?? 'all', ...standing },
    ...(gone && { gone }),
    ...(awaited && { knocks: await people.waiting(room.id) }),
    ...(muted.length > 0 && { muted: muted.map(([user, muted_until]) => ({ user, muted_until })) }),
  }
}
