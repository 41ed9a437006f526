import { CHOICE_USERS, tallyOf, withAnswer } from '../../../card.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Messages } from './messages.js'

/** An `answer` is what somebody chose under a bot's message, in place of what they had chosen there before. */
export function answerEffect(db: Database, messages: Messages): Effect {
  const ofMessage = 'where room_id = ? and message = ?'
  const find = db.prepare(`select choice, form from answers ${ofMessage} and user_id = ?`)
  const insert = db.prepare(
    'insert into answers (room_id, message, choice, user_id, seq, form) values (?, ?, ?, ?, ?, ?)',
  )
  const rewrite = db.prepare(
    `update answers set form = ? ${ofMessage} and choice = ? and user_id = ?`,
  )
  const remove = db.prepare(`delete from answers ${ofMessage} and choice = ? and user_id = ?`)
  const others = db.prepare(
    `select user_id as id from answers ${ofMessage} and choice = ? and user_id <> ?
     order by seq limit ${CHOICE_USERS}`,
  )

  return ({ roomId, userId, now, extra: { message: seq, choices: chosen = [], form: values } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined || message.extra.recalled) return 'no_such_message'
    const rows = find.all(roomId, seq, userId) as { choice: string; form: string | null }[]
    const before = rows.map(({ choice }) => choice)
    const form = values && JSON.stringify(values)
    const formBefore = rows[0]?.form ?? undefined
    const card = withAnswer(message.extra.card, {
      userId,
      chosen,
      before,
      ...(form !== undefined && { form }),
      ...(formBefore !== undefined && { formBefore }),
      now,
      others: (choice) =>
        (others.all(roomId, seq, choice, userId) as { id: number }[]).map(({ id }) => id),
    })
    if (typeof card === 'string') return card
    return {
      told: tallyOf(card),
      apply(number) {
        for (const choice of before) {
          if (!chosen.includes(choice)) remove.run(roomId, seq, choice, userId)
        }
        for (const choice of chosen) {
          if (!before.includes(choice)) {
            insert.run(roomId, seq, choice, userId, number, form ?? null)
          } else if (form !== undefined) rewrite.run(form, roomId, seq, choice, userId)
        }
        messages.change(roomId, seq, { data: message.data, extra: { ...message.extra, card } })
      },
    }
  }
}
