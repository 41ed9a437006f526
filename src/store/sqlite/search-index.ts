import { documentOf, type Message } from '../search/document.js'
import type { Database } from './driver.js'

/** The search index in the hands of who writes messages: each call is part of the caller's transaction. */
export interface SearchIndex {
  /** Takes up a message that was just said. @returns its number in the index. */
  add(message: Message): number
  /** Takes up a message that waited, under the number that was kept for it. */
  addWaiting(doc: number, message: Message): void
  /** Makes the index follow a message that reads otherwise now, or not at all any more. */
  change(doc: number, before: Message, after: Message): void
}

export function prepareSearchIndex(db: Database): SearchIndex {
  const next = db.prepare(
    `select 1 + max(
       ifnull((select max(doc) from events where doc is not null), 0),
       ifnull((select max(doc) from search_todo), 0)) as doc`,
  )
  const insert = db.prepare('insert into search (rowid, words) values (?, ?)')
  // Without the texts, the index must be told what it holds of a message to find and erase it.
  const remove = db.prepare(`insert into search (search, rowid, words) values ('delete', ?, ?)`)

  return { add, addWaiting, change }

  function add(message: Message): number {
    const { doc } = next.get() as { doc: number }
    addWaiting(doc, message)
    return doc
  }

  function addWaiting(doc: number, message: Message): void {
    const words = documentOf(message)
    if (words !== undefined) insert.run(doc, words)
  }

  function change(doc: number, before: Message, after: Message): void {
    const [old, now] = [documentOf(before), documentOf(after)]
    if (old === now) return
    if (old !== undefined) remove.run(doc, old)
    if (now !== undefined) insert.run(doc, now)
  }
}
