import type { EventExtra, PresentForm } from '../../../protocol.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Mentions } from './mentions.js'
import type { Messages } from './messages.js'

/** A `recall` erases a message's text wherever it is stored, and with it what hung on it. */
export function recallEffect(db: Database, messages: Messages, mentions: Mentions): Effect {
  const ofMessage = 'where room_id = ? and message = ?'
  const edits = db.prepare(`update events set data = '', extra = ? ${ofMessage} and type = 'edit'`)
  const pinLines = db.prepare(`update events set data = '' ${ofMessage} and type = 'pin'`)
  const answers = db.prepare(`update events set extra = ? ${ofMessage} and type = 'answer'`)
  const chosen = db.prepare(`delete from answers ${ofMessage}`)
  const reactions = db.prepare(`delete from reactions ${ofMessage}`)
  const pin = db.prepare(`delete from pins ${ofMessage}`)

  return ({ roomId, userId, extra: { message: seq } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined) return 'no_such_message'
    if (message.extra.recalled) return 'unchanged'

    return {
      apply() {
        const by = userId === message.user.id ? {} : { recalled_by: userId }
        const extra = { ...bare(message.extra), recalled: true as const, ...by }
        messages.change(roomId, seq, { data: '', extra })
        edits.run(JSON.stringify({ message: seq }), roomId, seq)
        answers.run(JSON.stringify({ message: seq }), roomId, seq)
        chosen.run(roomId, seq)
        pinLines.run(roomId, seq)
        reactions.run(roomId, seq)
        pin.run(roomId, seq)
        mentions.remove(roomId, seq)
      },
    }
  }
}

/** Whom it called and what others made of it goes with the text. */
function bare(extra: EventExtra & PresentForm): EventExtra {
  const { mentions: _mentions, all: _all, edited: _edited, ...left } = extra
  const { reactions: _reactions, card: _card, ...rest } = left
  return rest
}
