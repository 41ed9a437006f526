import type { EventExtra } from '../../../protocol.js'
import type { Database } from '../driver.js'

/** Who is called in which message: people count what they have not read by it. */
export interface Mentions {
  add(roomId: number, seq: number, called: Pick<EventExtra, 'mentions' | 'all'>): void
  remove(roomId: number, seq: number): void
}

export function prepareMentions(db: Database): Mentions {
  const insert = db.prepare('insert into mentions (room_id, seq, user_id) values (?, ?, ?)')
  const remove = db.prepare('delete from mentions where room_id = ? and seq = ?')

  return {
    add(roomId, seq, { mentions = [], all }) {
      if (all) insert.run(roomId, seq, null)
      for (const id of mentions) if (id > 0) insert.run(roomId, seq, id) // bots count nothing
    },
    remove: (roomId, seq) => void remove.run(roomId, seq),
  }
}
