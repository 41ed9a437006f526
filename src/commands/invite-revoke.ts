import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Ends an invite; who came by it stays. */
export const inviteRevoke = act({
  name: 'invite revoke',
  words: ['room', 'id'],
  read(reader) {
    const room = reader.word(0, 'room')
    const id = reader.word(1, 'id')
    if (id !== '' && !/^\d{1,15}$/.test(id)) reader.fault('badId', { value: id })
    return { room, id: Number(id) }
  },
  result: z.object({ id: z.number() }),
  tell: ({ id }, { done }) => [fill(done.revoked, { id })],
})
