import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Sends somebody out, of a room or of the house. */
export const userKick = act({
  name: 'user kick',
  words: ['who'],
  flags: { room: 'text' },
  read: (reader) => ({ who: reader.word(0, 'who'), room: reader.flag('room') }),
  result: z.object({ user: z.object({ name: z.string() }) }),
  tell: ({ user: { name } }, { done }) => [fill(done.kicked, { name })],
})
