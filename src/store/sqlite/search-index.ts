import { documentOf, type Message } from '../search/document.js'
import type { Database } from './driver.js'

/** The search index in the hands of who writes messages: each call is part of the caller's transaction. */
export interface SearchIndex {
  /** The number that the message will have which is said next. */
  next(): number
  /** Takes up a message. */
  add(doc: number, message: Message): void
  /** Makes the index follow a message that reads otherwise now, or not at all any more. */
  change(doc: number, before: Message, after: Message): void
}

export function prepareSearchIndex(db: Database): SearchIndex {
  const next = db.prepare(
    `select 1 + max(
       ifnull((select max(doc) from events where doc is not null), 0),
       ifnull((select max(doc) from search_todo), 0)) as doc`,
  )
  const waits = db.prepare(
    `select 1 from meta where name = 'indexed' and cast(value as integer) < ?`,
  )
  const insert = db.prepare('insert into search (rowid, words) values (?, ?)')
  // Without the texts, the index must be told what it holds of a message to find and erase it.
  const remove = db.prepare(`insert into search (search, rowid, words) values ('delete', ?, ?)`)

  return { next: () => (next.get() as { doc: number }).doc, add, change }

  function add(doc: number, message: Message): void {
    const words = documentOf(message)
    if (words !== undefined) insert.run(doc, words)
  }

  function change(doc: number, before: Message, after: Message): void {
    if (waits.get(doc)) return // it will be taken up as it reads then
    const [old, now] = [documentOf(before), documentOf(after)]
    if (old === now) return
    if (old !== undefined) remove.run(doc, old)
    if (now !== undefined) insert.run(doc, now)
  }
}
