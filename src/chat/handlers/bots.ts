import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'
import { may } from '../rights.js'

/** Which bots listen here, and what becomes of what they hear; how they fare only for who has a role everywhere. */
export const bots: RoomHandler<'bots'> = ({ frame, room, connection }, { aboutBots, order }) => {
  const inside = may('botHealth', order.asking(connection)) === undefined
  connection.send(ack(frame.cid, { room: room.name, bots: aboutBots(room, { inside }) }))
}
