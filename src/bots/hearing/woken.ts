import type { RoomFace } from '../../chat/face.js'
import type { NumberedEvent, User } from '../../protocol.js'
import type { Job } from '../turn.js'

/** What wakes a bot without being a line: it has a key in place of a number, and nobody waits. */
export function wokenBy(
  kind: 'join' | 'left' | 'timer',
  { user, room, at }: { user: User; room: RoomFace; at: number },
): Pick<Job, 'event' | 'trigger' | 'args' | 'awaited' | 'key'> {
  const event: NumberedEvent = { type: 'chat', id: 0, seq: 0, room: room.name, at, user, data: '' }
  return { event, trigger: { kind }, args: '', awaited: false, key: `${kind}:${user.id}:${at}` }
}
