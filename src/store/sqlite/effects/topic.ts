import type { Database } from '../driver.js'
import type { Effect } from './effect.js'

/** A `topic` says what a room is about. */
export function topicEffect(db: Database): Effect {
  const find = db.prepare('select topic from rooms where id = ?')
  const change = db.prepare('update rooms set topic = ? where id = ?')

  return ({ roomId, data }) => {
    const room = find.get(roomId) as { topic: string } | undefined
    if (room?.topic === data) return 'unchanged'
    return { apply: () => void change.run(data, roomId) }
  }
}
