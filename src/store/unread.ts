import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { Db } from './schema.js'
import { UNREAD_MOST, type ReadMark } from './store.js'

/*
 * What somebody has not read in the row of `rooms` that is looked at: what people said (in a room of two, what
 * the other said, be it a bot), but nothing of their own, and bots' lines that call them. Whether a
 * line has a text is asked of its length: SQLite reads no long text for that. A bot that they have muted counts for nothing.
 * `read` is the number up to which they have; null: nothing.
 */

/** Lines of a room of two; null: it is another room. */
export const linesOfTwo = (userId: RawBuilder<number>, read: RawBuilder<unknown>) =>
  sql<number | null>`case when rooms.kind = 'direct' then ${linesOf(userId, read)} end`

/** `calls`: of bots, which count as lines where they call somebody; `mentions`: of all. */
export function callsOf(
  userId: RawBuilder<number>,
  read: RawBuilder<unknown>,
): AliasedRawBuilder<number, 'calls' | 'mentions'>[] {
  const calls = (authors: RawBuilder<unknown>) => sql<number>`(
    select count(distinct mentions.seq) from mentions
    join events on events.room_id = mentions.room_id and events.seq = mentions.seq
    where mentions.room_id = rooms.id and mentions.seq > coalesce(${read}, 0)
      and (mentions.user_id = ${userId} or mentions.user_id is null) and ${authors})`
  const ofBots = sql`events.user_id <= 0 and rooms.kind <> 'direct' and ${heardBy(userId)}`
  const ofOthers = sql`events.user_id <> ${userId} and ${heardBy(userId)}`
  return [calls(ofBots).as('calls'), calls(ofOthers).as('mentions')]
}

/** What is unread after a mark, and the number up to which it was counted. */
export interface Counted<Mark> {
  mark: Mark
  unread: number
  mentions: number
  upTo: number
}

interface Asked {
  key: number
  room_id: number
  user_id: number
  seq: number
}

/** The same after any numbers: one question, however many. A room that is gone has none. */
export async function unreadAfter<Mark extends ReadMark>(
  db: Db,
  marks: readonly Mark[],
): Promise<Counted<Mark>[]> {
  const asked = JSON.stringify(marks.map(({ userId, roomId, seq }) => [roomId, userId, seq]))
  // Taken out of the JSON once, not for each line that is looked at.
  const rows = await db
    .with(
      (cte) => cte('asked').materialized(),
      () => sql<Asked>`(
        select key, value ->> 0 as room_id, value ->> 1 as user_id, value ->> 2 as seq
        from json_each(${asked}))`,
    )
    .selectFrom('asked')
    .innerJoin('rooms', 'rooms.id', 'asked.room_id')
    .select(['asked.key', 'rooms.seq as upTo'])
    .select(linesOf(sql.ref('asked.user_id'), sql.ref('asked.seq')).as('lines'))
    .select(callsOf(sql.ref('asked.user_id'), sql.ref('asked.seq')))
    .execute()
  return rows.flatMap(({ key, lines, calls, mentions, upTo }) => {
    const mark = marks[key]
    return mark ? [{ mark, unread: lines + calls, mentions, upTo }] : []
  })
}

/**
 * Who writes alone has thousands of their own lines after the mark: where others have said little, theirs are looked
 * up by who said them, and nobody's own are gone through.
 */
const linesOf = (userId: RawBuilder<number>, read: RawBuilder<unknown>) => sql<number>`(
  case when exists (${byOthers(userId)} limit 1 offset ${sql.lit(FEW)}) then (
    select count(*) from (
      select 1 from events
      where events.room_id = rooms.id and events.seq > coalesce(${read}, 0)
        and events.user_id > ${BOTS} and ${unreadBy(userId)}
      limit ${sql.lit(UNREAD_MOST)}
    )
  ) else (
    select count(*) from (
      ${byOthers(userId, sql`and +events.seq > coalesce(${read}, 0) and ${unreadBy(userId)}`)}
      limit ${sql.lit(UNREAD_MOST)}
    )
  ) end)`

/** As many events of others are little. */
const FEW = UNREAD_MOST

/** In a room of two the other one may be a bot; else bots' lines are none, and their ids are the least. */
const BOTS = sql`case when rooms.kind = 'direct' then ${sql.lit(Number.MIN_SAFE_INTEGER)} else 0 end`

const unreadBy = (userId: RawBuilder<number>) => sql`
  events.type = 'chat' and octet_length(events.data) > 0 and events.user_id <> ${userId}
  and (events.user_id > 0 or ${heardBy(userId)})`

/** Two stretches of the index by who said it (`events_once`), and the reader's own between them. */
const byOthers = (userId: RawBuilder<number>, and = sql``) => sql`
  select 1 from events
  where events.room_id = rooms.id and events.user_id > ${BOTS} and events.user_id < ${userId} ${and}
  union all
  select 1 from events
  where events.room_id = rooms.id and events.user_id > max(${userId}, ${BOTS}) ${and}`

const heardBy = (userId: RawBuilder<number>) => sql`events.user_id not in (
  select bot_id from bot_volumes where bot_volumes.user_id = ${userId} and level = 'muted')`
