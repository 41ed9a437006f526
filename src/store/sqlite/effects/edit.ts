import { cardAfter } from '../../../card.js'
import { PIN_CHARS, snippet } from '../../../present-form.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Mentions } from './mentions.js'
import type { Messages } from './messages.js'

/** An `edit` gives a message another text, wherever it is shown. Of a recalled one nothing is left to edit. */
export function editEffect(db: Database, messages: Messages, mentions: Mentions): Effect {
  const pinned = db.prepare(
    `update events set data = ? where room_id = ? and message = ? and type = 'pin'`,
  )

  return ({ roomId, data, extra: { message: seq, mentions: ids, all, ...asked } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined || message.extra.recalled) return 'no_such_message'
    const card = cardAfter(message.extra.card, asked)
    if (message.data === data && card === message.extra.card) return 'unchanged'

    return {
      apply(_, at) {
        const { mentions: _ids, all: _all, card: _card, ...rest } = message.extra
        const called = { ...(ids && { mentions: ids }), ...(all && { all }) }
        messages.change(roomId, seq, {
          data,
          extra: { ...rest, ...called, ...(card && { card }), edited: at },
        })
        pinned.run(snippet(data, PIN_CHARS), roomId, seq)
        mentions.remove(roomId, seq)
        mentions.add(roomId, seq, called)
      },
    }
  }
}
