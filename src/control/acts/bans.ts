import { z } from 'zod'
import { ban, targetsOf, unban, type Ban } from '../../chat/order/ban.js'
import { banView } from '../../chat/order/views.js'
import { BAN_MS } from '../../protocol.js'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'
import { findPerson, findRoom } from '../find.js'
import { CONSOLE, type Hands } from '../hands.js'

const adding = z.object({
  /** A person; or else a name that nobody should bear, or an address. */
  who: z.string().optional(),
  name: z.string().optional(),
  address: z.string().optional(),
  by: z.array(z.enum(['device', 'name', 'address'])).default(['device', 'name']),
  room: z.string().optional(),
  ms: z.int().min(1).max(BAN_MS).optional(),
  force: z.boolean().default(false),
})
const removing = z.object({ id: z.int() })

/** Who is kept out now, newest first. */
export const banList: ControlAct = async (_, { chat }) => ({
  bans: chat.order.sanctions
    .active('ban')
    .toReversed()
    .map((sanction) => banView(sanction, chat.rooms)),
})

/** Keeps a person, a name or an address out. */
export const banAdd: ControlAct = async (args, hands) => {
  const { room, ms, ...whom } = adding.parse(args)
  const there = await findRoom(hands, room)
  const held = await heldBy(whom, hands)
  const sanction = await ban(hands.chat.order, { by: CONSOLE, room: there, ms, ...held })
  return { ban: banView(sanction, hands.chat.rooms) }
}

/** Lets somebody in again. */
export const banRemove: ControlAct = async (args, { chat }) => {
  const { id } = removing.parse(args)
  const found = chat.order.sanctions.byId(id)
  if (found?.kind !== 'ban') throw new ControlError('noBan', { id })
  await unban(chat.order, { by: CONSOLE, ban: found })
  return { ban: banView(found, chat.rooms) }
}

async function heldBy(
  { who, name, address, by, force }: Omit<z.infer<typeof adding>, 'room' | 'ms'>,
  hands: Hands,
): Promise<Pick<Ban, 'person' | 'targets'>> {
  const { order } = hands.chat
  if (who !== undefined) {
    const person = await findPerson(hands, who)
    return { person, targets: await targetsOf(order, person, by, force) }
  }
  if (name !== undefined) {
    const value = order.options.skeleton(name)
    return { person: { id: null, name }, targets: [{ target: 'name', value }] }
  }
  const { areaOf, isNear } = order.options
  if (address === undefined) throw new ControlError('banWhom')
  if (!force && isNear(address)) throw new ControlError('nearAddress', { address })
  return {
    person: { id: null, name: address },
    targets: [{ target: 'address', value: areaOf(address) }],
  }
}
