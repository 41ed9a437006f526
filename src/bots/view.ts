import type { RoomFace } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'
import { roomTitle } from '../i18n/room-title.js'
import type { User } from '../protocol.js'
import type { Member, RoomView } from '../plugin.js'

/** Of a room, so many of its last lines can be had. */
export const AT_HAND = 200

/** What a plugin sees of a user. */
export const memberOf = ({ id, name, kind }: User): Member => ({ id, name, kind })

/** What a plugin sees of a room: its lines and members, and no way around the door. */
export const roomView = (room: RoomFace, lang: Lang): RoomView => ({
  name: room.name,
  title: roomTitle(room, lang),
  members: () => room.members().map(memberOf),
  history: async (count) => {
    const events = await room.history(Math.min(Math.max(Math.trunc(count), 0), AT_HAND))
    return events
      .filter(({ type, recalled }) => type === 'chat' && !recalled)
      .map(({ user, data, seq, at }) => ({ user: memberOf(user), text: data, id: seq, at }))
  },
})
