import { z } from 'zod'
import { letIn } from '../../chat/doors/let-in.js'
import { kick } from '../../chat/order/kick.js'
import { mute } from '../../chat/order/mute.js'
import { giveRole } from '../../chat/order/role.js'
import { MUTE_MS } from '../../protocol.js'
import type { ControlAct } from '../acts.js'
import { findPerson, findRoom, needRoom } from '../find.js'
import { CONSOLE } from '../hands.js'

const who = z.string().min(1)
const room = z.string().optional()
const role = z.object({ who, role: z.enum(['host', 'mod']).nullable() })
const silence = z.object({ who, ms: z.int().min(0).max(MUTE_MS), room })
const out = z.object({ who, room })
const door = z.object({ room })
const answer = z.object({ who, room: z.string(), on: z.boolean() })

/** Who could come in now without signing in, the last seen first. */
export const userList: ControlAct = async (_, { chat, people }) => {
  const { order, connections } = chat
  const users = (await people.present()).map(({ seen, ...user }) => {
    const role = order.roles.of(user.id)
    const mutedMs = order.sanctions.mutedMs(null, { userId: user.id })
    return {
      id: user.id,
      name: user.name,
      ...(role && { role }),
      online: connections.ofUser(user.id).length > 0,
      seen,
      ...(mutedMs > 0 && { muted_ms: Math.ceil(mutedMs) }),
    }
  })
  return { users }
}

/** Makes somebody host or moderator everywhere, or nothing any more. */
export const userRole: ControlAct = async (args, hands) => {
  const { who, role: given } = role.parse(args)
  const person = await findPerson(hands, who)
  await giveRole(hands.chat.order, { by: CONSOLE, person, role: given ?? undefined })
  return { user: person, role: given }
}

/** Lets somebody read but not speak for a while; 0 lifts it. */
export const userMute: ControlAct = async (args, hands) => {
  const { who, ms, room } = silence.parse(args)
  const person = await findPerson(hands, who)
  const there = await findRoom(hands, room)
  const until = await mute(hands.chat.order, { by: CONSOLE, person, room: there, ms })
  return { user: person, ...(until !== undefined && { muted_until: until }) }
}

/** Sends somebody out, of a room or of the house. */
export const userKick: ControlAct = async (args, hands) => {
  const { who, room } = out.parse(args)
  const person = await findPerson(hands, who)
  await kick(hands.chat.order, { by: CONSOLE, person, room: await findRoom(hands, room) })
  return { user: person }
}

/** Who waits before a room's door, or before any; room by room, those who have waited longest first. */
export const userWaiting: ControlAct = async (args, hands) => {
  const { chat, store } = hands
  const room = await findRoom(hands, door.parse(args).room)
  const kept = [...chat.rooms.rows()].filter(({ settings }) => settings.approval)
  const rooms = room ? [room.row] : kept
  const waiting = await Promise.all(
    rooms.map(async ({ id, name }) =>
      (await store.people.waiting(id)).map((user) => ({ room: name, user })),
    ),
  )
  return { waiting: waiting.flat() }
}

/** Lets somebody in who waits before a room's door, or turns them away. */
export const userApprove: ControlAct = async (args, hands) => {
  const { who, room: name, on } = answer.parse(args)
  const room = await needRoom(hands, name)
  const person = await findPerson(hands, who)
  await letIn(room, { by: CONSOLE, user: person.id, on }, hands.chat.deps)
  return { user: person, room: room.name, on }
}
