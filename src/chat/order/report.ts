import { ChatError } from '../../errors.js'
import type { Connection } from '../connection.js'
import type { Room } from '../room.js'
import type { Order } from './order.js'

/** Asks the moderators to look at a message. A second report by the same person changes nothing. */
export async function report(
  { options }: Order,
  {
    connection,
    room,
    seq,
    data,
  }: { connection: Connection; room: Room; seq: number; data: string },
): Promise<void> {
  const event = await room.bySeq(seq)
  if (event?.type !== 'chat' || event.recalled) throw new ChatError('no_such_message')
  const { id, name } = connection.user
  const at = options.clock.now()
  const fresh = await options.store.reports.add({
    roomId: room.id,
    seq,
    by: { id, name },
    at,
    data,
  })
  if (!fresh) return
  options.log.info({ event: 'report', by: id, user: event.user.id, room: room.id, seq }, 'order')
  room.tellModerators({
    type: 'report',
    room: room.name,
    message: seq,
    user: room.seen(connection.user),
  })
}
