import type { RoomFace } from '../../chat/face.js'
import type { NumberedEvent, User } from '../../protocol.js'
import { calledIn } from '../words.js'
import { toContent } from './content.js'

/** What this server is called as a platform. */
export const PLATFORM = 'chatroom'
/** https://satori.chat/en-US/resources/channel.html */
const TEXT = 0
const DIRECT = 1
/** https://satori.chat/en-US/resources/login.html */
export const Status = { offline: 0, online: 1 } as const

const FEATURES = [
  'message.create',
  'message.update',
  'message.delete',
  'message.get',
  'message.list',
  'channel.get',
  'channel.list',
  'guild.get',
  'guild.list',
  'guild.member.get',
  'guild.member.list',
  'user.get',
  'user.channel.create',
  'login.get',
  'guild.plain',
] as const

/** What the protocol's resources are here: a room is a guild with one channel, both of the room's name. */
export const userOf = ({ id, name, kind }: User) => ({
  id: String(id),
  name,
  nick: name,
  is_bot: kind === 'bot',
})

/** A room as a channel. */
export const channelOf = (room: RoomFace) => ({
  id: room.name,
  type: room.two ? DIRECT : TEXT,
  name: room.title,
})

/** The same room as the guild that its channel is in. */
export const guildOf = (room: RoomFace) => ({ id: room.name, name: room.title })

const roles = { host: 'host', mod: 'moderator' } as const

/** Somebody in a room, with the role that they have there. */
export const memberOf = (user: User) => ({
  user: userOf(user),
  nick: user.name,
  ...(user.role && { roles: [{ id: roles[user.role], name: roles[user.role] }] }),
})

/** Where something happens; a room of two has no guild. */
export const placeOf = (room: RoomFace) => ({
  channel: channelOf(room),
  ...(!room.two && { guild: guildOf(room) }),
})

/** A line, in present form or as it was said. */
export const messageOf = (event: NumberedEvent, room: RoomFace) => ({
  id: String(event.seq),
  content: toContent(event.data, calledIn(event, room), event.reply_to),
  ...placeOf(room),
  member: memberOf(event.user),
  user: userOf(event.user),
  created_at: event.at,
})

/** @param sn Number of the login among those of its token, from 1. */
export const loginOf = (sn: number, self: User | undefined) => ({
  sn,
  adapter: 'chat-room',
  platform: PLATFORM,
  ...(self && { user: userOf(self) }),
  status: self ? Status.online : Status.offline,
  features: FEATURES,
})

export type Login = ReturnType<typeof loginOf>
