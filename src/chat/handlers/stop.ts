import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { RoomHandler } from '../pipeline.js'
import { mayTouch } from '../rights.js'
import type { Room } from '../room.js'
import type { Running } from '../streams.js'

/** Ends a bot's answer where it is: for who asked for it, and for moderators. What was written is kept. */
export const stop: RoomHandler<'stop'> = async ({ frame, room, connection }, { order }) => {
  const stream = room.streams.running(frame.stream)
  if (!stream) throw new ChatError('no_such_message')
  const own = await askedFor(connection.user.id, stream, room)
  const refusal = mayTouch('stop', order.asking(connection, room), { own, late: false })
  if (refusal) throw refusal
  void stream.stop()
  connection.send(ack(frame.cid, { room: room.name }))
}

/** Whoever said the line that all of it descends from; between them may be other bots. */
const askedFor = async (userId: number, { cause }: Running, room: Room): Promise<boolean> =>
  cause !== undefined && (await room.bySeq(cause))?.user.id === userId
