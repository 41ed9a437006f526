import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

const ROLES: ReadonlySet<string> = new Set(['host', 'mod', 'none'])

/** Makes somebody host or moderator everywhere, or nothing any more. */
export const userRole = act({
  name: 'user role',
  words: ['who', 'role'],
  read(reader) {
    const who = reader.word(0, 'who')
    const role = reader.word(1, 'role')
    if (role !== '' && !ROLES.has(role)) reader.fault('badRole', { value: role })
    return { who, role: role === 'none' ? null : role }
  },
  result: z.object({ user: z.object({ name: z.string() }), role: z.string().nullable() }),
  tell: ({ user, role }, { done }) => [
    role === null
      ? fill(done.noRole, { name: user.name })
      : fill(role === 'host' ? done.host : done.mod, { name: user.name }),
  ],
})
