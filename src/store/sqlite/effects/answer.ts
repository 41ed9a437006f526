import { CHOICE_USERS, tallyOf, withAnswer } from '../../../card.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Messages } from './messages.js'

/** An `answer` is what somebody chose under a bot's message, in place of what they had chosen there before. */
export function answerEffect(db: Database, messages: Messages): Effect {
  const ofMessage = 'where room_id = ? and message = ?'
  const find = db.prepare(`select choice from answers ${ofMessage} and user_id = ?`)
  const insert = db.prepare(
    'insert into answers (room_id, message, choice, user_id, seq) values (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare(`delete from answers ${ofMessage} and choice = ? and user_id = ?`)
  const others = db.prepare(
    `select user_id as id from answers ${ofMessage} and choice = ? and user_id <> ? order by seq limit ?`,
  )

  return ({ roomId, userId, now, extra: { message: seq, choices: chosen = [] } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined || message.extra.recalled) return 'no_such_message'
    const rows = find.all(roomId, seq, userId) as { choice: string }[]
    const before = rows.map(({ choice }) => choice)
    const card = withAnswer(message.extra.card, {
      userId,
      chosen,
      before,
      now,
      others: (choice) =>
        (others.all(roomId, seq, choice, userId, CHOICE_USERS) as { id: number }[]).map(
          ({ id }) => id,
        ),
    })
    if (typeof card === 'string') return card
    return {
      told: tallyOf(card),
      apply(number) {
        for (const choice of before) {
          if (!chosen.includes(choice)) remove.run(roomId, seq, choice, userId)
        }
        for (const choice of chosen) {
          if (!before.includes(choice)) insert.run(roomId, seq, choice, userId, number)
        }
        messages.change(roomId, seq, { data: message.data, extra: { ...message.extra, card } })
      },
    }
  }
}
