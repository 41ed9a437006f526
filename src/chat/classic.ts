import { fill, texts } from '../i18n/index.js'
import type { NumberedEvent, User } from '../protocol.js'

/**
 * The frames of the tutorial's own client: exactly `id`, `type`, `user`, `data`; a user with exactly `id`,
 * `name`, `imageid`. Its join and left lines are Chinese, as the tutorial wrote them.
 */
export interface ClassicFrame {
  id: number
  type: 'join' | 'left' | 'list' | 'chat'
  user: ClassicUser
  data: string | ClassicUser[]
}

interface ClassicUser {
  id: number
  name: string
  imageid: string
}

export const classicEvent = (event: NumberedEvent): ClassicFrame => ({
  id: event.seq,
  type: 'chat',
  user: classicUser(event.user),
  data: event.data,
})

/** @param head Number of the room's last event: what is not numbered carries it as its id. */
export const classicJoin = (head: number, user: User): ClassicFrame => ({
  id: head,
  type: 'join',
  user: classicUser(user),
  data: fill(texts['zh-CN'].room.joined, { name: user.name }),
})

export const classicLeft = (head: number, user: User): ClassicFrame => ({
  id: head,
  type: 'left',
  user: classicUser(user),
  data: fill(texts['zh-CN'].room.left, { name: user.name }),
})

/** @param members Bots first. */
export const classicList = (head: number, self: User, members: readonly User[]): ClassicFrame => ({
  id: head,
  type: 'list',
  user: classicUser(self),
  data: members.map(classicUser),
})

/** A line that only its reader sees, said by the room's first bot. */
export const classicAside = (head: number, bot: User, text: string): ClassicFrame => ({
  id: head,
  type: 'chat',
  user: classicUser(bot),
  data: text,
})

const classicUser = ({ id, name, imageid }: User): ClassicUser => ({ id, name, imageid })
