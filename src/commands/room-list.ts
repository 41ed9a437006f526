import { z } from 'zod'
import { formatDuration } from '../config/duration.js'
import { act } from './act.js'
import { room } from './rooms.js'

const FLAGS = ['unlisted', 'passcode', 'announce', 'approval', 'archived', 'math'] as const

/** The rooms, how many people are in each, and how it is kept. */
export const roomList = act({
  name: 'room list',
  words: [],
  read: () => ({}),
  result: z.object({ rooms: z.array(room) }),
  tell: ({ rooms }) =>
    rooms.map((one) => {
      const flags = FLAGS.filter((flag) => one[flag]).join(',')
      const slow = one.slow_ms > 0 ? `slow=${formatDuration(one.slow_ms)}` : ''
      const title = one.title === one.name ? '' : one.title
      return [String(one.people).padStart(5), `/r/${one.name}`, title, flags, slow]
        .filter((part) => part !== '')
        .join('  ')
    }),
})
