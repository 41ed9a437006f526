import { z } from 'zod'
import { spell } from '../i18n/index.js'
import { act } from './act.js'
import { when } from './when.js'

const user = z.object({
  id: z.number(),
  name: z.string(),
  role: z.enum(['host', 'mod']).optional(),
  online: z.boolean(),
  seen: z.number(),
  muted_ms: z.number().optional(),
})

/** Who may come in without signing in anew. The name stands last: it may be of any width. */
export const userList = act({
  name: 'user list',
  words: [],
  read: () => ({}),
  result: z.object({ users: z.array(user) }),
  tell({ users }, words, { lang }) {
    if (users.length === 0) return [words.done.noUsers]
    return users.map(({ id, name, role, online, seen, muted_ms }) =>
      [
        `#${id}`.padEnd(6),
        (role ?? '').padEnd(5),
        online ? words.online.padEnd(16) : when(seen),
        '',
        name,
        ...(muted_ms === undefined ? [] : [`(${words.mutedFor} ${spell(muted_ms, lang)})`]),
      ].join(' '),
    )
  },
})
