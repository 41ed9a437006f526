import { z } from 'zod'
import { fill, type Texts } from '../i18n/index.js'
import { when } from './when.js'

/** An invite, as the server tells it. */
export const invite = z.object({
  id: z.number(),
  used: z.number(),
  uses: z.number().optional(),
  expires_at: z.number().optional(),
})

/** A line of the list of invites: how often it was used, and until when it is good. */
export const inviteLine = (
  { id, used, uses, expires_at }: z.infer<typeof invite>,
  words: Texts['acts'],
): string =>
  [
    String(id).padEnd(5),
    fill(words.used, { used, uses: uses ?? '∞' }),
    expires_at === undefined ? words.forGood : when(expires_at),
  ].join('  ')
