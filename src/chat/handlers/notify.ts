import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'

/** Sets what of a room a person wants to be told, on all their devices. */
export const notify: RoomHandler<'notify'> = async (
  { frame, room, connection },
  { attention, people, telling },
) => {
  const { cid, level } = frame
  const { user } = connection
  const place = attention.place(user.id, room.id)
  if (place?.standing !== 'in') throw new ChatError('not_joined')
  await people.setLevel(user.id, room.id, level)
  place.level = level
  place.tell()
  telling.others(connection, { type: 'notify', room: room.name, level, ...place.count })
  connection.send(ack(cid, { room: room.name, level, ...place.count }))
}
