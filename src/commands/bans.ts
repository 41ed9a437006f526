import { z } from 'zod'
import type { Texts } from '../i18n/index.js'
import { when } from './when.js'

/** A ban, as the server tells it. */
export const ban = z.object({
  id: z.number(),
  room: z.string().optional(),
  user: z.object({ name: z.string() }),
  by: z.array(z.enum(['device', 'name', 'address'])),
  until: z.number().optional(),
  made_by: z.object({ name: z.string() }),
})

/** A line of the list of bans. The name stands last: it may be of any width. */
export const banLine = (
  { id, room, user, by, until, made_by }: z.infer<typeof ban>,
  words: Texts['acts'],
): string =>
  [
    String(id).padEnd(5),
    (until === undefined ? words.forGood : when(until)).padEnd(16),
    by.join(',').padEnd(12),
    room === undefined ? words.everywhere : `/r/${room}`,
    '',
    user.name,
    `(${made_by.name})`,
  ].join(' ')
