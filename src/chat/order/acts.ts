import type { Actor, AuditEntry, SanctionTarget } from '../../store/store.js'
import type { Connection } from '../connection.js'
import type { Room } from '../room.js'
import type { Order } from './order.js'

/** Whom an act is about, under the name of now. */
export interface Person {
  id: number
  name: string
}

/** Who does what this connection asks for. */
export const actor = ({ user }: Connection): Actor => ({ id: user.id, name: user.name })

/** Who does something to whom, and where; no room: everywhere. */
export interface Act {
  by: Actor
  person: Person
  room?: Room | undefined
}

/** What the audit log says of an act. */
export const entryOf = (
  order: Order,
  { by, person, room }: Act,
  action: string,
  details?: AuditEntry['details'],
): AuditEntry => ({
  at: order.options.clock.now(),
  by,
  action,
  roomId: room?.id ?? null,
  target: { id: person.id, name: person.name },
  ...(details && { details }),
})

/**
 * Notes in the audit log what a moderator did beside the acts of this folder: a message taken back, settings of
 * a room. It was done already, so a full disk does not undo it.
 */
export async function noteAct(order: Order, entry: Omit<AuditEntry, 'at'>): Promise<void> {
  const { clock, store, log } = order.options
  log.info({ event: entry.action, by: entry.by.id, room: entry.roomId }, 'audit')
  await store.audit.add({ at: clock.now(), ...entry }).catch((error: unknown) => {
    log.error({ err: error, action: entry.action }, 'an act is missing in the audit log')
  })
}

/** Notes what a moderator did to a room itself. Of a room of two, whose business it is alone, nothing is noted. */
export async function noteInRoom(
  order: Order,
  { connection, room }: { connection: Connection; room: Room },
  act: { action: string } & Partial<Pick<AuditEntry, 'target' | 'details'>>,
): Promise<void> {
  if (room.settings.kind === 'direct') return
  await noteAct(order, { by: actor(connection), roomId: room.id, target: null, ...act })
}

/** Tells the log of an act: who and whom by id, never a name or a text. */
export const logAct = (order: Order, { by, person, room }: Act, event: string): void =>
  order.options.log.info(
    { event, by: by.id, user: person.id, room: room?.id, ...whereIs(order, person.id) },
    'audit',
  )

/** Where somebody is connected from, for the log. */
export function whereIs({ options }: Order, userId: number) {
  const [connection] = options.connections.ofUser(userId)
  return connection && { address: connection.address, session: connection.sidHash }
}

/** The person and the browsers they are known by: a new name in the same browser gains nothing. */
export async function heldBy({ options }: Order, userId: number): Promise<SanctionTarget[]> {
  const devices = await options.store.sessions.devicesOf(userId)
  return [
    { target: 'user', value: String(userId) },
    ...devices.map((value) => ({ target: 'device' as const, value })),
  ]
}
