import { z } from 'zod'
import { act } from './act.js'
import { ban, banLine } from './bans.js'

/** Who is kept out now. */
export const banList = act({
  name: 'ban list',
  words: [],
  read: () => ({}),
  result: z.object({ bans: z.array(ban) }),
  tell: ({ bans }, words) =>
    bans.length === 0 ? [words.done.noBans] : bans.map((one) => banLine(one, words)),
})
