import { REPLY_CHARS, snippet } from '../../../present-form.js'
import type { Reply } from '../../../protocol.js'
import type { Effect } from './effect.js'
import type { Mentions } from './mentions.js'
import type { Message, Messages } from './messages.js'

/** A `chat` that answers another or calls somebody: its answer shows the other as it reads now. */
export const chatEffect =
  (messages: Messages, mentions: Mentions): Effect =>
  ({ roomId, extra }) => {
    const { reply_to } = extra
    const answered = messages.find(roomId, reply_to)
    if (reply_to !== undefined && !answered) return 'no_such_message'
    return {
      ...(reply_to !== undefined && answered && { told: { reply: replyOf(reply_to, answered) } }),
      apply: (seq) => mentions.add(roomId, seq, extra),
    }
  }

const replyOf = (seq: number, { user, data, extra }: Message): Reply => ({
  seq,
  user,
  data: snippet(data, REPLY_CHARS),
  ...(extra.recalled && { recalled: true }),
})
