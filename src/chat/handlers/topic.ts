import { ChatError } from '../../errors.js'
import { fill, texts } from '../../i18n/index.js'
import { noteInRoom } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'
import { checkLine } from '../text.js'

/** A topic stands in one line above the talk. Code points. */
const TOPIC_CHARS = 200

/** What a room is about; empty: nothing in particular. */
export const topic: RoomHandler<'topic'> = async (ctx, { change, order }) => {
  const data = checkLine(ctx.frame.data)
  if (Array.from(data).length > TOPIC_CHARS) {
    const sentence = fill(texts[ctx.connection.lang].room.topicTooLong, { limit: TOPIC_CHARS })
    throw new ChatError('too_long', { sentence })
  }
  if (await change(ctx, { data })) await noteInRoom(order, ctx, { action: 'topic' })
}
