import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { ban } from './bans.js'

/** Lets somebody in again. */
export const banRemove = act({
  name: 'ban remove',
  words: ['id'],
  read: (reader) => ({ id: reader.id(0) }),
  result: z.object({ ban }),
  tell: ({ ban }, { done }) => [fill(done.unbanned, { name: ban.user.name })],
})
