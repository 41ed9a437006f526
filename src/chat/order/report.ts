import { ChatError } from '../../errors.js'
import type { Actor } from '../../store/store.js'
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

/**
 * Marks a report as seen to; a moderator of a room those of that room, those of the house all.
 * @returns false: somebody was faster.
 * @throws {ChatError} `denied`: there is none.
 */
export async function seeTo(
  { options }: Order,
  { by, id, room }: { by: Actor; id: number; room: Room | undefined },
): Promise<boolean> {
  const { store, clock, log, rooms } = options
  const report = await store.reports.byId(id)
  if (!report || (room && report.roomId !== room.id))
    throw new ChatError('denied', { why: 'noReport' })

  const { roomId, seq } = report
  const entry = { at: clock.now(), by, action: 'handled', roomId, target: report.by }
  if (!(await store.reports.handle(id, { ...entry, details: { message: seq } }))) return false
  log.info({ event: 'handled', by: by.id, room: roomId, report: id }, 'order')
  const where = room ?? rooms().openById(roomId)
  where?.tellModerators({ type: 'handled', room: where.name, report: id })
  return true
}

/** A moderator took a reported message away: nobody need look at its reports any more. */
export async function seeToMessage(
  order: Order,
  { by, room, seq }: { by: Actor; room: Room; seq: number },
): Promise<void> {
  for (const id of await order.options.store.reports.openOf(room.id, seq))
    await seeTo(order, { by, id, room })
}
