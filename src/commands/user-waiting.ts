import { z } from 'zod'
import { act } from './act.js'

const waiting = z.object({ room: z.string(), user: z.object({ id: z.number(), name: z.string() }) })

/** Who waits to be let in. The name stands last: it may be of any width. */
export const userWaiting = act({
  name: 'user waiting',
  words: [],
  flags: { room: 'text' },
  read: (reader) => ({ room: reader.flag('room') }),
  result: z.object({ waiting: z.array(waiting) }),
  tell: ({ waiting }, { done }) =>
    waiting.length === 0
      ? [done.noWaiting]
      : waiting.map(({ room, user }) => `${`#${user.id}`.padEnd(6)} /r/${room}  ${user.name}`),
})
