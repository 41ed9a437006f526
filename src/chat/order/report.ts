import { ChatError } from '../../errors.js'
import type { Actor } from '../../store/store.js'
import type { Connection } from '../connection.js'
import type { Room } from '../room.js'
import type { Order } from './order.js'

/**
 * Asks the moderators to look at a message. A second report by the same person changes nothing. Who wrote it hears
 * nothing of it; if that is a moderator of the room, those of the house hear of it wherever they are.
 */
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
  const author = event.user.id
  options.log.info({ event: 'report', by: id, user: author, room: room.id, seq }, 'audit')
  const frame = { type: 'report', room: room.name, message: seq, user: room.seen(connection.user) }
  room.tellModerators(frame, author)
  if (options.roles.roleIn(room, author)) tellHouse(options, { frame, room, author })
}

/**
 * Marks a report as seen to; a moderator of a room those of that room, those of the house all.
 * @returns false: somebody was faster.
 * @throws {ChatError} `denied`: there is none.
 */
export async function seeTo(
  order: Order,
  { by, id, room }: { by: Actor; id: number; room: Room | undefined },
): Promise<boolean> {
  const { store, clock, log, rooms } = order.options
  const report = await store.reports.byId(id)
  if (!report || (room && report.roomId !== room.id) || report.author === by.id)
    throw new ChatError('denied', { why: 'noReport' })

  const { roomId, seq, author } = report
  const where = room ?? rooms().openById(roomId)
  // A moderator reads the log, and is not to read there who reported them.
  const peer = author !== undefined && order.roleIn(where, author) !== undefined
  const target = peer ? null : report.by
  const entry = { at: clock.now(), by, action: 'handled', roomId, target }
  if (!(await store.reports.handle(id, { ...entry, details: { message: seq } }))) return false
  log.info({ event: 'handled', by: by.id, room: roomId, report: id }, 'audit')
  where?.tellModerators({ type: 'handled', room: where.name, report: id }, author)
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

/** Those who keep order everywhere, and are not in the room. */
function tellHouse(
  { connections, roles }: Order['options'],
  { frame, room, author }: { frame: object; room: Room; author: number },
): void {
  for (const connection of connections) {
    const { user, memberships } = connection
    if (user.id === author || !roles.of(user.id) || memberships.has(room.name)) continue
    if (connection.greeted) connection.send(frame)
  }
}
