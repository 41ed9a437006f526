import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { roomName } from '../../room-name.js'
import type { ChatDeps } from '../deps.js'
import { isWriting, receivedOf } from '../received.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/**
 * What was stored stays stored: a line that is refused now (too fast, muted, not in the room any more) but
 * was kept before under the same cid is acknowledged again. What is not refused meets the same rule in the
 * store, in its transaction (I3), so that this look-up is spent on refusals alone. Of these an overload is spared it: it
 * would be made worse, and the same cid is answered when it is sent again.
 */
export const knownCid = ({ rooms, events }: ChatDeps): Step<FrameContext> =>
  async function knownCid(ctx, next) {
    try {
      await next()
    } catch (error) {
      const { connection, frame } = ctx
      if (!(error instanceof ChatError) || !isWriting(frame)) throw error
      if (error.code === 'overloaded') throw error
      // Asked of the store also where there is no such room: nobody can tell by it.
      const room = rooms.row(roomName(frame.room) ?? '')
      const received = receivedOf(frame)
      const known = await events.known(room?.id ?? 0, connection.user.id, frame.cid, received)
      if (!room || !known) throw error
      if (!('seq' in known)) throw new ChatError('cid_conflict')
      connection.send(ack(frame.cid, { room: room.name, seq: known.seq, at: known.at, dup: true }))
    }
  }
