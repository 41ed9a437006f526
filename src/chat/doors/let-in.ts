import { ChatError } from '../../errors.js'
import type { Actor } from '../../store/store.js'
import type { Doors } from './doors.js'
import { noteAct } from '../order/acts.js'
import type { Order } from '../order/order.js'
import type { Room } from '../room.js'

/** Who is let in or turned away, and by whom. */
export interface Answer {
  by: Actor
  user: number
  on: boolean
}

/**
 * Lets somebody in who waits before a room's door, or anybody else; or turns them away. Of two at once the later has
 * the last word.
 * @returns false: it was so before.
 * @throws {ChatError} `denied`: where nobody waits before the door, turning away would keep nobody out;
 * `no_such_user`.
 */
export async function letIn(
  room: Room,
  { by, user, on }: Answer,
  { doors, order }: { doors: Doors; order: Order },
): Promise<boolean> {
  if (!on && !room.settings.approval) throw new ChatError('denied', { why: 'openDoor' })
  const changed = await order.inTurn(async () => {
    if (!(await doors.approve(room, user, on))) return false
    const name = (await order.options.store.users.byId(user))?.name ?? ''
    const entry = { by, action: 'approve', roomId: room.id, details: { on } }
    await noteAct(order, { ...entry, target: { id: user, name } })
    return true
  })
  if (changed) room.tellModerators({ type: 'answered', room: room.name, user, on })
  return changed
}
