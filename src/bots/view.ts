import type { RoomFace } from '../chat/face.js'
import type { User } from '../protocol.js'
import type { Member, RoomView } from '../plugin.js'

/** What a plugin sees of a user. */
export const memberOf = ({ id, name, kind }: User): Member => ({ id, name, kind })

/** What a plugin sees of a room: its lines and members, and no way around the door. */
export const roomView = (room: RoomFace): RoomView => ({
  name: room.name,
  title: room.title,
  members: () => room.members().map(memberOf),
  history: async (count) => {
    const events = await room.history(Math.min(Math.max(Math.trunc(count), 0), 200))
    return events
      .filter(({ type, recalled }) => type === 'chat' && !recalled)
      .map(({ user, data, seq, at }) => ({ user: memberOf(user), text: data, id: seq, at }))
  },
})
