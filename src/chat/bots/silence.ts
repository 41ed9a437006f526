import type { Silence } from '../face.js'
import { mute } from '../order/mute.js'
import type { Order } from '../order/order.js'
import type { Rooms } from '../rooms.js'

/** A mute by somebody who has no connection, such as a bot. */
export const createSilence = ({ rooms, order }: { rooms: Rooms; order: Order }): Silence =>
  async function silence({ room: { name }, by, userId, ms }) {
    const room = rooms.open(name)
    const user = await order.options.store.users.byId(userId)
    if (!room || !user || order.roleIn(room, userId)) return false
    const person = { id: userId, name: user.name }
    await mute(order, { by: { id: by.id, name: by.name }, person, room, ms })
    return true
  }
