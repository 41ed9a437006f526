import { z } from 'zod'
import { inviteView, makeInvite } from '../../chat/doors/invites.js'
import { noteAct } from '../../chat/order/acts.js'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'
import { needRoom } from '../find.js'
import { CONSOLE } from '../hands.js'

const making = z.object({
  room: z.string(),
  ms: z.int().min(1).optional(),
  uses: z.int().min(1).max(10_000).optional(),
})
const of = z.object({ room: z.string() })
const revoking = z.object({ room: z.string(), id: z.int() })

/** Makes a link that lets people into a room. */
export const inviteCreate: ControlAct = async (args, hands) => {
  const { room: name, ms, uses } = making.parse(args)
  const room = await needRoom(hands, name)
  const { deps, order } = hands.chat
  const { made, token } = await makeInvite(deps, { roomId: room.id, by: 0, ms, uses })
  const entry = { by: CONSOLE, action: 'invite', roomId: room.id, target: null }
  await noteAct(order, { ...entry, details: { invite: made.id } })
  const { listening } = hands
  return { invite: inviteView(made), token, ...(listening && { listening }) }
}

/** The invites of a room that still let somebody in. */
export const inviteList: ControlAct = async (args, hands) => {
  const room = await needRoom(hands, of.parse(args).room)
  const { invites, clock } = hands.chat.deps
  return { invites: (await invites.open(room.id, clock.now())).map(inviteView) }
}

/** Ends an invite; who came by it stays. */
export const inviteRevoke: ControlAct = async (args, hands) => {
  const { room: name, id } = revoking.parse(args)
  const room = await needRoom(hands, name)
  const { deps, order } = hands.chat
  const status = await deps.invites.revoke(room.id, id, deps.clock.now())
  if (status === 'unknown') throw new ControlError('noInvite', { id, room: room.name })
  const entry = { by: CONSOLE, action: 'revoke', roomId: room.id, target: null }
  if (status === 'now') await noteAct(order, { ...entry, details: { invite: id } })
  return { id }
}
