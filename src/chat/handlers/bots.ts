import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'
import { inOrder } from '../presence/members.js'
import { may } from '../rights.js'

/**
 * Which bots listen here, in the order of the members, and what becomes of what they hear; how they fare only for who has
 * a role everywhere.
 */
export const bots: RoomHandler<'bots'> = async (
  { frame, room, connection },
  { aboutBots, order, policies },
) => {
  const inside = may('botHealth', order.asking(connection)) === undefined
  const { lang, user } = connection
  const told = await aboutBots(room, { inside, lang, asker: user.id })
  const list = inOrder(told).map((bot) => {
    const policy = policies.of(room.id, bot.id)
    return { ...bot, policy, ...(policies.isQuiet(policy) && { quiet_now: true as const }) }
  })
  connection.send(ack(frame.cid, { room: room.name, bots: list, zone }))
}

/** In which quiet hours are meant. */
const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()
