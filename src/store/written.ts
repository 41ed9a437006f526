import type { Compilable } from 'kysely'
import { isCrowded } from '../present-form.js'
import type { NumberedEvent } from '../protocol.js'
import { eventIn, type EventRow } from './event-row.js'
import { textsThatFit } from './page.js'

/**
 * Pages that are written where the rows are read: what goes to the chat is bytes, ready to be sent, and not some
 * fifty rows that are cloned from thread to thread and written there. Loads nothing: the database's thread
 * needs it as well.
 */

/** How rows become a page. */
export interface Writing {
  /** Names of the rooms that the rows can be of, by id. */
  rooms: ReadonlyMap<number, string>
  /** Rows that may be in the page; one more of them only says that there are more. */
  limit: number
  /** The rows come in the direction of paging; whether the page turns them round. */
  turned?: boolean
}

export interface Written {
  /** A JSON array of events, in UTF-8. */
  json: Uint8Array<ArrayBuffer>
  /** Are there rows that the page does not hold? */
  more: boolean
  /** Must a reader be told of some of them what is `mine`? That is not in here. */
  crowded: boolean
  /** The last row, in the direction of paging. */
  last?: Pick<EventRow, 'room_id' | 'seq'>
}

/** Asks for rows, and has them written. */
export type AskWritten = (query: Compilable<EventRow>, how: Writing) => Promise<Written>

export function writeRows(rows: readonly EventRow[], { rooms, limit, turned }: Writing): Written {
  const events = rows
    .slice(0, limit)
    .map((row) => eventIn({ name: rooms.get(row.room_id) ?? '' })(row))
  const { json, count } = writeEvents(events, turned)
  const last = rows[count - 1]
  return {
    json,
    more: count < rows.length,
    crowded: events.some(isCrowded),
    ...(last && { last: { room_id: last.room_id, seq: last.seq } }),
  }
}

/** @returns as many of them as fit, and how many these are. */
export function writeEvents(
  events: readonly NumberedEvent[],
  turned = false,
): { json: Uint8Array<ArrayBuffer>; count: number } {
  const texts = textsThatFit(events)
  const text = `[${(turned ? texts.toReversed() : texts).join(',')}]`
  return { json: new TextEncoder().encode(text), count: texts.length }
}
