import type { Role } from '../../protocol.js'
import type { Actor } from '../../store/store.js'
import { entryOf, logAct, type Person } from './acts.js'
import type { Order } from './order.js'

/** Gives somebody a role that holds everywhere, or takes it: their sockets and rooms know it at once. */
export const giveRole = (
  order: Order,
  act: { by: Actor; person: Person; role: Role | undefined },
): Promise<void> =>
  order.inTurn(async () => {
    const { person, role } = act
    const tellList = order.options.watchList(person.id)
    await order.roles.give(person.id, role, entryOf(order, act, 'role', { role: role ?? null }))
    logAct(order, act, 'role')
    roleChanged(order, person.id)
    tellList()
  })

/** Makes the bearer of a host link's token host. @returns false: it is unknown, over or used up. */
export const claimHost = (
  order: Order,
  { person, hash }: { person: Person; hash: string },
): Promise<boolean> =>
  order.inTurn(async () => {
    const act = { by: person, person }
    const tellList = order.options.watchList(person.id)
    const claimed = await order.roles.claim(hash, person.id, entryOf(order, act, 'claim'))
    logAct(order, act, claimed ? 'claim' : 'claim-refused')
    if (claimed) roleChanged(order, person.id)
    tellList()
    return claimed
  })

function roleChanged({ options, roles }: Order, userId: number): void {
  const role = roles.of(userId)
  for (const connection of options.connections.ofUser(userId)) {
    const { id, name, imageid, kind } = connection.user
    connection.user = { id, name, imageid, kind, ...(role && { role }) }
  }
  for (const room of options.rooms().all()) {
    room.presence.refresh(userId)
    room.judged()
  }
}
