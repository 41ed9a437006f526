import type { Message } from '../search/document.js'
import { rollback } from './append.js'
import type { Database } from './driver.js'
import { UNSEEN } from './limit.js'
import type { SearchIndex } from './search-index.js'

/** Messages that wait to be indexed: those that were just said, or those of before there was this index. */
export type Unindexed = 'recent' | 'old'

/** Indexes some of them in one transaction. @returns how many it were. */
export type TakeUp = (which: Unindexed, count: number) => number

export function prepareTakeUp(db: Database, index: SearchIndex): TakeUp {
  const recent = db.prepare(
    `select doc, room_id, user_id, user_name, data, extra from events
     where doc > (select cast(value as integer) from meta where name = 'indexed')
     order by doc limit ? ${UNSEEN}`,
  )
  const indexed = db.prepare(`update meta set value = ? where name = 'indexed'`)
  const newest = db.prepare(
    `select search_todo.doc, room_id, seq, user_id, user_name, data, extra
     from search_todo left join events using (room_id, seq)
     order by search_todo.doc desc limit ? ${UNSEEN}`,
  )
  const number = db.prepare('update events set doc = ? where room_id = ? and seq = ?')
  const done = db.prepare('delete from search_todo where doc >= ?')
  const take = { recent: takeRecent, old: takeOld }

  return function takeUp(which, count) {
    db.exec('begin immediate')
    try {
      const taken = take[which](count)
      db.exec('commit')
      return taken
    } catch (error) {
      rollback(db)
      throw error
    }
  }

  function takeRecent(count: number): number {
    const rows = recent.all(count) as unknown as Row[]
    for (const row of rows) index.add(row.doc, messageOf(row))
    const last = rows.at(-1)
    if (last) indexed.run(String(last.doc))
    return rows.length
  }

  function takeOld(count: number): number {
    const rows = newest.all(count) as unknown as (Row | Cleared)[]
    // Ascending: the index takes up numbers that grow in one go.
    for (const row of rows.toReversed()) {
      if (row.data === null) continue
      index.add(row.doc, messageOf(row))
      number.run(row.doc, row.room_id, row.seq)
    }
    const last = rows.at(-1)
    if (last) done.run(last.doc)
    return rows.length
  }
}

const messageOf = (row: Row): Message => ({
  roomId: row.room_id,
  userId: row.user_id,
  userName: row.user_name,
  data: row.data,
  extra: JSON.parse(row.extra ?? '{}'),
})

interface Row {
  doc: number
  room_id: number
  seq: number
  user_id: number
  user_name: string
  data: string
  extra: string | null
}

/** It was listed, and its room was cleared before its turn. */
interface Cleared {
  doc: number
  data: null
}
