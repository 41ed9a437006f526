import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { Heard, Recall } from './face.js'
import type { Journal } from './journal.js'
import { noteAct } from './order/acts.js'
import type { Order } from './order/order.js'
import { receivedOf } from './received.js'
import type { Rooms } from './rooms.js'
import { tellBots } from './tell-bots.js'

export interface TakeBackOptions {
  rooms: Rooms
  journal: Journal
  order: Order
  /** Told after it is durable. */
  heard: Heard
  log: Logger
}

/** A recall by somebody who has no connection, such as a bot. What it takes back of others is noted. */
export const createTakeBack = ({ rooms, journal, order, heard, log }: TakeBackOptions): Recall =>
  async function takeBack({ room: { name }, user, cid, message, lang }) {
    const room = rooms.open(name)
    if (!room) throw new ChatError('no_such_room')
    const said = await room.bySeq(message)
    if (said?.type !== 'chat') throw new ChatError('no_such_message')
    const received = receivedOf({ type: 'recall', message })
    const entry = { room, type: 'recall' as const, user, cid, data: '', received }
    const written = await journal.write({ ...entry, extra: { message } })
    if (!written?.event) return
    tellBots(written.event, { room, lang, heard, log })
    if (said.user.id === user.id) return
    const target = { id: said.user.id, name: said.user.name }
    const by = { id: user.id, name: user.name }
    await noteAct(order, { by, action: 'recall', roomId: room.id, target, details: { message } })
  }
