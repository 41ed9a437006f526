import { fill, texts } from '../../i18n/index.js'
import { PAGE_BYTES, type User } from '../../protocol.js'
import { jsonFrame } from '../wire.js'
import type { Dialect, Moment } from './dialect.js'

/**
 * The frames of the tutorial's own client: exactly `id`, `type`, `user`, `data`; a user with exactly `id`,
 * `name`, `imageid`. Its join and left lines are Chinese, as the tutorial wrote them. What is not numbered carries
 * the number of the room's last event as its id.
 */
interface ClassicFrame {
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

const words = texts['zh-CN'].room

const moved =
  (type: 'join' | 'left', sentence: string) =>
  ({ head }: Moment, user: User): Buffer =>
    frame({ id: head, type, user: classicUser(user), data: fill(sentence, { name: user.name }) })

/** Of the tutorial's page. */
export const classic: Dialect = {
  said: ({ seq, user, data }) => frame({ id: seq, type: 'chat', user: classicUser(user), data }),
  joined: moved('join', words.joined),
  left: moved('left', words.left),
  aside: ({ head }, bot, data) => frame({ id: head, type: 'chat', user: classicUser(bot), data }),
  opening: (moment, self, members) => [
    classic.joined(moment, self),
    frame({
      id: moment.head,
      type: 'list',
      user: classicUser(self),
      data: listed(members, self),
    }),
  ],
}

/**
 * This page cannot turn over the list. Of a crowd it gets as many as fit into a frame, those who have been here
 * longest, and itself: a larger one would have it cut off as too slow.
 */
function listed(members: readonly User[], self: User): ClassicUser[] {
  let bytes = 0
  const fit = (user: User): boolean => {
    bytes += Buffer.byteLength(JSON.stringify(classicUser(user))) + 1
    return bytes <= LIST_BYTES
  }
  const most = members.findIndex((user) => !fit(user))
  if (most === -1) return members.map(classicUser)
  const shown = members.slice(0, most).filter(({ id }) => id !== self.id)
  return [...shown, self].map(classicUser)
}

/** With room for oneself and what stands around it. */
const LIST_BYTES = PAGE_BYTES - 1_024

const frame = (frame: ClassicFrame): Buffer => jsonFrame(frame)

const classicUser = ({ id, name, imageid }: User): ClassicUser => ({ id, name, imageid })
