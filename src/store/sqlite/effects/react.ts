import { REACTION_KINDS, REACTION_USERS } from '../../../present-form.js'
import type { Reaction } from '../../../protocol.js'
import type { Database } from '../driver.js'
import type { Effect } from './effect.js'
import type { Messages } from './messages.js'

/** A `react` puts one emoji of somebody on a message, or takes it away. */
export function reactEffect(db: Database, messages: Messages): Effect {
  const one = 'room_id = ? and message = ? and data = ? and user_id = ?'
  const find = db.prepare(`select 1 from reactions where ${one}`)
  const insert = db.prepare(
    'insert into reactions (room_id, message, data, user_id, seq) values (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare(`delete from reactions where ${one}`)
  const others = db.prepare(
    `select user_id as id from reactions
     where room_id = ? and message = ? and data = ? and user_id <> ? order by seq limit ${REACTION_USERS}`,
  )

  return ({ roomId, userId, data, extra: { message: seq, on = false } }) => {
    const message = messages.find(roomId, seq)
    if (!message || seq === undefined) return 'no_such_message'
    if (message.extra.recalled) return on ? 'no_such_message' : 'unchanged'
    const isOn = find.get(roomId, seq, data, userId) !== undefined
    if (isOn === on) return 'unchanged'
    const { reactions = [] } = message.extra
    const before = reactions.find((reaction) => reaction.data === data)
    if (on && !before && reactions.length >= REACTION_KINDS) return 'too_many'

    const count = (before?.count ?? 0) + (on ? 1 : -1)
    const named = others.all(roomId, seq, data, userId) as { id: number }[]
    const users = named.map(({ id }) => id)
    if (on && users.length < REACTION_USERS) users.push(userId)
    return {
      told: { users, count },
      apply(number) {
        if (on) insert.run(roomId, seq, data, userId, number)
        else remove.run(roomId, seq, data, userId)
        const { reactions: _before, ...rest } = message.extra
        const left = withKind(reactions, { data, users, count })
        const extra = left.length > 0 ? { ...rest, reactions: left } : rest
        messages.change(roomId, seq, { data: message.data, extra })
      },
    }
  }
}

/** A kind stays where it came to be, and goes with its last one. */
function withKind(reactions: readonly Reaction[], kind: Reaction): Reaction[] {
  const place = reactions.findIndex(({ data }) => data === kind.data)
  if (kind.count === 0) return reactions.toSpliced(place, 1)
  return place < 0 ? [...reactions, kind] : reactions.with(place, kind)
}
