import { PIN_CHARS, PINS, snippet } from '../../../present-form.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Messages } from './messages.js'

/** A `pin` puts a message on the room's list of pins, or takes it off, and shows how it begins. */
export function pinEffect(db: Database, messages: Messages): Effect {
  const find = db.prepare('select 1 from pins where room_id = ? and message = ?')
  const count = db.prepare('select count(*) as pins from pins where room_id = ?')
  const insert = db.prepare('insert into pins (room_id, message, seq) values (?, ?, ?)')
  const remove = db.prepare('delete from pins where room_id = ? and message = ?')

  return ({ roomId, extra: { message: seq, on = false } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined) return 'no_such_message'
    if (message.extra.recalled) return on ? 'no_such_message' : 'unchanged'
    const isOn = find.get(roomId, seq) !== undefined
    if (isOn === on) return 'unchanged'
    if (on && (count.get(roomId) as { pins: number }).pins >= PINS) return 'too_many'

    return {
      told: { data: snippet(message.data, PIN_CHARS) },
      apply(number) {
        if (on) insert.run(roomId, seq, number)
        else remove.run(roomId, seq)
      },
    }
  }
}
