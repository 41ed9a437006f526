import type { Room } from '../room.js'
import { entryOf, logAct, type Act } from './acts.js'
import type { Order } from './order.js'
import { sendAway, takeOut } from './send-away.js'

/**
 * Sends somebody out of a room, or out of the house: then their sessions end as well. They may come back;
 * who should not is banned.
 */
export const kick = (order: Order, act: Act): Promise<void> =>
  order.inTurn(async () => {
    const { person, room } = act
    const { store, connections } = order.options
    if (!room) await store.sessions.revokeAll(person.id)
    await store.audit.add(entryOf(order, act, 'kick'))
    logAct(order, act, 'kick')
    for (const connection of connections.ofUser(person.id)) {
      if (room) takeOut(connection, room, 0)
      else sendAway(connection, 0)
    }
    dismiss(order, { id: person.id, room })
  })

/** For the others they are gone at once, also where their last socket went a moment before. */
export function dismiss({ options }: Order, { id, room }: { id: number; room?: Room | undefined }) {
  const left = room ? [room] : options.rooms().all()
  for (const { presence } of left) presence.dismiss(id)
  if (!room) options.gone(id)
}
