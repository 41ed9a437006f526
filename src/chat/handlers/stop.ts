import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { User } from '../../protocol.js'
import type { RoomHandler } from '../pipeline.js'
import type { Room } from '../room.js'
import type { Running } from '../streams.js'

/** Ends a bot's answer where it is: for who asked for it, and for moderators. What was written is kept. */
export const stop: RoomHandler<'stop'> = async ({ frame, room, connection }) => {
  const stream = room.streams.running(frame.stream)
  if (!stream) throw new ChatError('no_such_message')
  if (!(await mayStop(connection.user, stream, room))) throw new ChatError('denied')
  void stream.stop()
  connection.send(ack(frame.cid, { room: room.name }))
}

/** Whoever said the line that all of it descends from; between them may be other bots. */
async function mayStop(user: User, { cause }: Running, room: Room): Promise<boolean> {
  if (user.role !== undefined) return true
  return cause !== undefined && (await room.bySeq(cause))?.user.id === user.id
}
