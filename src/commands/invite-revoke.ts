import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Ends an invite; who came by it stays. */
export const inviteRevoke = act({
  name: 'invite revoke',
  words: ['room', 'id'],
  read: (reader) => ({ room: reader.word(0, 'room'), id: reader.id(1) }),
  result: z.object({ id: z.number() }),
  tell: ({ id }, { done }) => [fill(done.revoked, { id })],
})
