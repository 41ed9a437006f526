import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { Db } from './schema.js'
import { UNREAD_MOST } from './store.js'

/*
 * What somebody has not read in the row of `rooms` that is looked at: what people said (in a room of two, what
 * the other said, be it a bot), but nothing of their own, and bots' lines that call them. The index
 * `events_to_read` counts lines without touching a text. A bot that they have muted counts for nothing.
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

/** The same after any number, and the number up to which it was counted. */
export async function unreadAfter(
  db: Db,
  userId: number,
  roomId: number,
  after: number,
): Promise<{ unread: number; mentions: number; upTo: number }> {
  const [user, read] = [sql.val(userId), sql.val(after)]
  const { lines, calls, mentions, upTo } = await db
    .selectFrom('rooms')
    .select('seq as upTo')
    .select(linesOf(user, read).as('lines'))
    .select(callsOf(user, read))
    .where('id', '=', roomId)
    .executeTakeFirstOrThrow()
  return { unread: lines + calls, mentions, upTo }
}

const linesOf = (userId: RawBuilder<number>, read: RawBuilder<unknown>) => sql<number>`(
  select count(*) from (
    select 1 from events
    where events.room_id = rooms.id and events.seq > coalesce(${read}, 0)
      and events.type = 'chat' and events.data <> '' and events.user_id <> ${userId}
      and (events.user_id > 0 or (rooms.kind = 'direct' and ${heardBy(userId)}))
    limit ${UNREAD_MOST}
  ) as lines)`

const heardBy = (userId: RawBuilder<number>) => sql`events.user_id not in (
  select bot_id from bot_volumes where bot_volumes.user_id = ${userId} and level = 'muted')`
