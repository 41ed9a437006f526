import { ChatError } from '../../errors.js'
import { sentence } from '../answers.js'
import type { Attention } from '../attention/attention.js'
import type { Listing } from '../attention/listing.js'
import type { Connections } from '../connections.js'
import type { Asker, Doors, Found } from './doors.js'
import type { PageCaller, SeenRoom, Unlocked, Visits } from '../face.js'
import { titleOf } from '../room.js'

export interface VisitsOptions {
  doors: Doors
  attention: Attention
  listing: Listing
  connections: Connections
}

/** The rooms as pages see them, for people who may have no connection yet. */
export function createVisits(options: VisitsOptions): Visits {
  const { doors, listing, attention } = options

  function seen(raw: string, found: Found, caller: PageCaller): SeenRoom | undefined {
    if (found.access === 'closed' || found.access === 'free') {
      const name = doors.mayMake(raw, caller.visitor.user.id)
      return name === undefined ? undefined : { access: 'none', name, title: name }
    }
    const { access, row } = found
    const peer = attention.place(caller.visitor.user.id, row.id)?.peer
    const title = peer?.name ?? titleOf(row, caller.lang)
    return { access, name: row.name, title, ...(peer && { peer }) }
  }

  return {
    async room(name, caller) {
      await remember(caller, options)
      return seen(name, await doors.find(name, asker(caller)), caller)
    },

    async unlock(name, caller, passcode): Promise<Unlocked> {
      try {
        const { access } = await doors.unlock(name, asker(caller), passcode)
        return access === 'closed' || access === 'free' ? 'closed' : 'open'
      } catch (error) {
        if (!(error instanceof ChatError) || error.code !== 'rate_limited') throw error
        return { waitS: Math.ceil((error.details.retryAfterMs ?? 0) / 1_000) }
      }
    },

    async make(name, caller) {
      try {
        await doors.enter(name, asker(caller))
      } catch (error) {
        if (!(error instanceof ChatError)) throw error
        return sentence(error, caller.lang)
      }
    },

    async knock(name, caller) {
      const found = await doors.find(name, asker(caller))
      if (found.access === 'knock') await doors.knock(found.row, caller.visitor.user)
    },

    invited: async (token, caller) => (await doors.invited(token, asker(caller)))?.name,

    async invitation(token, lang) {
      const found = await doors.invitation(token)
      return found && { room: titleOf(found.room, lang), ...(found.by && { by: found.by }) }
    },

    keptOutMs: (caller) => doors.keptOutMs(asker(caller)),

    async list(caller) {
      await remember(caller, options)
      return listing.of(asker(caller), caller.lang)
    },
  }
}

const asker = ({ visitor: { user, device }, address }: PageCaller): Asker => ({
  user,
  address,
  device,
})

/** Their connection will ask for the same in a moment: the store is asked once for both. */
async function remember(
  { visitor: { user } }: PageCaller,
  { attention, connections }: VisitsOptions,
): Promise<void> {
  await attention.arrive(user.id)
  if (connections.ofUser(user.id).length === 0) attention.leave(user.id)
}
