import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Lets somebody in who waits before a room's door; `--refuse` turns them away. */
export const userApprove = act({
  name: 'user approve',
  words: ['who', 'room'],
  flags: { refuse: 'switch' },
  read: (reader) => ({
    who: reader.word(0, 'who'),
    room: reader.word(1, 'room'),
    on: !reader.isSet('refuse'),
  }),
  result: z.object({
    user: z.object({ name: z.string() }),
    room: z.string(),
    on: z.boolean(),
  }),
  tell: ({ user: { name }, room, on }, { done }) => [
    fill(on ? done.letIn : done.turnedAway, { name, room }),
  ],
})
