import { ack } from '../answers.js'
import { memberPage } from '../presence/members.js'
import type { RoomHandler } from '../pipeline.js'

/** Who is in the room, a page at a time. */
export const members: RoomHandler<'members'> = ({ frame, room, connection }) => {
  const { cid, after, limit } = frame
  const users = room.members()
  connection.send(ack(cid, { room: room.name, ...memberPage(users, limit, after) }))
}
