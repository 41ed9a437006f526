import type { RoomFace } from '../../chat/face.js'
import type { NumberedEvent, User } from '../../protocol.js'
import { calledIn } from '../words.js'
import { toContent } from './content.js'
import { memberOf, messageOf, placeOf, userOf } from './model.js'

/** An event without what its login adds: https://satori.chat/en-US/protocol/events.html */
export interface Happening {
  type: string
  timestamp: number
  [resource: string]: unknown
}

/** Undefined: this protocol has no word for it. */
export function heard(event: NumberedEvent, room: RoomFace): Happening | undefined {
  const { type, at, user, message } = event
  const about = { ...placeOf(room), member: memberOf(user), user: userOf(user) }
  if (type === 'chat') {
    const { id, content, created_at } = messageOf(event, room)
    const said = { id, content, created_at }
    return { type: 'message-created', timestamp: at, ...about, message: said }
  }
  if (type === 'edit' && message !== undefined) {
    const content = toContent(event.data, calledIn(event, room))
    const said = { id: String(message), content, updated_at: at }
    return { type: 'message-updated', timestamp: at, ...about, message: said }
  }
  if (type === 'recall' && message !== undefined) {
    const gone = { id: String(message), content: '' }
    return { type: 'message-deleted', timestamp: at, ...about, message: gone }
  }
  return undefined
}

/** Somebody came into a room, or left it. @param at Milliseconds since 1970 UTC. */
export const moved = (
  how: 'join' | 'left',
  { user, room, at }: { user: User; room: RoomFace; at: number },
): Happening => ({
  type: how === 'join' ? 'guild-member-added' : 'guild-member-removed',
  timestamp: at,
  ...placeOf(room),
  member: memberOf(user),
  user: userOf(user),
})
