import { z } from 'zod'
import { act } from './act.js'
import { addressesFor, listening as at } from './addresses.js'
import { invite, inviteLine } from './invites.js'

/** Within an invite's life: a minute to a year. */
const SHORTEST_MS = 60_000
const LONGEST_MS = 31_536_000_000

/** Makes a link that lets people into a room. */
export const inviteCreate = act({
  name: 'invite create',
  words: ['room'],
  flags: { for: 'text', uses: 'text' },
  read(reader) {
    const ms = reader.time(reader.flag('for'))
    if (ms !== undefined && (ms < SHORTEST_MS || ms > LONGEST_MS)) reader.fault('badInviteTime')
    const uses = reader.flag('uses')
    const count = Number(uses ?? 1)
    if (!Number.isInteger(count) || count < 1 || count > 10_000) {
      reader.fault('badUses', { value: uses ?? '' })
    }
    return { room: reader.word(0, 'room'), ms, ...(uses !== undefined && { uses: count }) }
  },
  result: z.object({ invite, token: z.string(), listening: at.optional() }),
  tell({ invite, token, listening }, words, { config }) {
    const { local, network } = addressesFor(config, listening)
    return [inviteLine(invite, words), ...[...network, local].map((at) => `  ${at}i/${token}`)]
  },
})
