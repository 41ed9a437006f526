import type { Database } from './driver.js'
import { rollback } from './append.js'
import type { SearchIndex } from './search-index.js'

/** Indexes some messages that wait for it, the newest first, in one transaction. @returns how many it were. */
export type Backfill = (count: number) => number

export function prepareBackfill(db: Database, index: SearchIndex): Backfill {
  const newest = db.prepare('select doc, room_id, seq from search_todo order by doc desc limit ?')
  const find = db.prepare(
    'select user_id, user_name, data, extra from events where room_id = ? and seq = ?',
  )
  const number = db.prepare('update events set doc = ? where room_id = ? and seq = ?')
  const done = db.prepare('delete from search_todo where doc >= ?')

  return function backfill(count) {
    db.exec('begin immediate')
    try {
      const waiting = newest.all(count) as Waiting[]
      // Ascending: the index takes up numbers that grow in one go.
      for (const message of waiting.toReversed()) take(message)
      const last = waiting.at(-1)
      if (last) done.run(last.doc)
      db.exec('commit')
      return waiting.length
    } catch (error) {
      rollback(db)
      throw error
    }
  }

  function take({ doc, room_id: roomId, seq }: Waiting): void {
    const row = find.get(roomId, seq) as Row | undefined
    if (!row) return // cleared meanwhile
    const { user_id: userId, user_name: userName, data, extra } = row
    index.addWaiting(doc, { roomId, userId, userName, data, extra: JSON.parse(extra ?? '{}') })
    number.run(doc, roomId, seq)
  }
}

interface Waiting {
  doc: number
  room_id: number
  seq: number
}

interface Row {
  user_id: number
  user_name: string
  data: string
  extra: string | null
}
