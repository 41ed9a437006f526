import type { RoomFace } from '../../chat/face.js'
import type { NumberedEvent, User } from '../../protocol.js'
import { userNumber, type Numbers } from '../numbers.js'
import { calledIn } from '../words.js'
import { toCqString, toSegments } from './segments.js'

/** Frames that a bot gets (https://github.com/botuniverse/onebot-11/tree/master/event). */
export interface EventMaker {
  connected(): object
  heartbeat(interval: number): object
  /** Undefined: this protocol has no word for it. */
  heard(event: NumberedEvent, room: RoomFace): Promise<object | undefined>
  moved(how: 'join' | 'left', user: User, room: RoomFace): object
}

/** @param self The bot, as a member. @param now Milliseconds since 1970 UTC. */
export function eventMaker(self: User, numbers: Numbers, now: () => number): EventMaker {
  const base = (post_type: string, at = now()) => ({
    time: Math.floor(at / 1_000),
    self_id: userNumber(self.id),
    post_type,
  })
  return {
    connected: () => ({
      ...base('meta_event'),
      meta_event_type: 'lifecycle',
      sub_type: 'connect',
    }),
    heartbeat: (interval) => ({
      ...base('meta_event'),
      meta_event_type: 'heartbeat',
      status: { online: true, good: true },
      interval,
    }),
    async heard(event, room) {
      if (event.type === 'chat') return said(event, room)
      if (event.type !== 'recall' || event.message === undefined) return undefined
      const message_id = await numbers.of({ roomId: room.id, seq: event.message })
      const by = userNumber(event.user.id)
      const about = { ...base('notice', event.at), message_id }
      return room.two
        ? { ...about, notice_type: 'friend_recall', user_id: by }
        : {
            ...about,
            notice_type: 'group_recall',
            group_id: room.id,
            user_id: userNumber((await room.bySeq(event.message))?.user.id ?? event.user.id),
            operator_id: by,
          }
    },
    moved: (how, user, room) => ({
      ...base('notice'),
      notice_type: how === 'join' ? 'group_increase' : 'group_decrease',
      sub_type: how === 'join' ? 'approve' : 'leave',
      group_id: room.id,
      operator_id: how === 'join' ? 0 : userNumber(user.id),
      user_id: userNumber(user.id),
    }),
  }

  async function said(event: NumberedEvent, room: RoomFace): Promise<object> {
    const { user, reply_to, data } = event
    const message_id = await numbers.of({ roomId: room.id, seq: event.seq })
    const quoted = reply_to && (await numbers.of({ roomId: room.id, seq: reply_to }))
    const message = toSegments(data, calledIn(event, room), quoted)
    const about = {
      ...base('message', event.at),
      message_id,
      user_id: userNumber(user.id),
      message,
      raw_message: toCqString(message),
      font: 0,
      sender: sender(user),
    }
    return room.two
      ? { ...about, message_type: 'private', sub_type: 'friend' }
      : { ...about, message_type: 'group', sub_type: 'normal', group_id: room.id, anonymous: null }
  }
}

const roles = { host: 'owner', mod: 'admin' } as const

/** A member as this protocol tells of one. */
export const sender = ({ id, name, role }: User) => ({
  user_id: userNumber(id),
  nickname: name,
  card: '',
  sex: 'unknown',
  age: 0,
  role: role ? roles[role] : 'member',
})
