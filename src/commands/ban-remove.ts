import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { ban } from './bans.js'

/** Lets somebody in again. */
export const banRemove = act({
  name: 'ban remove',
  words: ['id'],
  read(reader) {
    const id = reader.word(0, 'id')
    if (id !== '' && !/^\d{1,15}$/.test(id)) reader.fault('badId', { value: id })
    return { id: Number(id) }
  },
  result: z.object({ ban }),
  tell: ({ ban }, { done }) => [fill(done.unbanned, { name: ban.user.name })],
})
