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

/** Tells the log of an act: who and whom by id, never a name or a text. */
export const logAct = (order: Order, { by, person, room }: Act, event: string): void =>
  order.options.log.info({ event, by: by.id, user: person.id, room: room?.id }, 'order')

/** The person and the browsers they are known by: a new name in the same browser gains nothing. */
export async function heldBy({ options }: Order, userId: number): Promise<SanctionTarget[]> {
  const devices = await options.store.sessions.devicesOf(userId)
  return [
    { target: 'user', value: String(userId) },
    ...devices.map((value) => ({ target: 'device' as const, value })),
  ]
}
