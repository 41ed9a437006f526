import { z } from 'zod'
import { act } from './act.js'
import { invite, inviteLine } from './invites.js'

/** The invites of a room that still let somebody in. */
export const inviteList = act({
  name: 'invite list',
  words: ['room'],
  read: (reader) => ({ room: reader.word(0, 'room') }),
  result: z.object({ invites: z.array(invite) }),
  tell: ({ invites }, words) =>
    invites.length === 0 ? [words.done.noInvites] : invites.map((one) => inviteLine(one, words)),
})
