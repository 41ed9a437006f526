import { sql, type AliasedRawBuilder, type RawBuilder } from 'kysely'
import type { Db } from './schema.js'
import { UNREAD_MOST } from './store.js'

/**
 * What somebody has not read in the row of `rooms` that is looked at: what people said (in a room of two, what
 * the other said, be it a bot), but nothing of their own, and bots' lines that call them. The index
 * `events_to_read` counts it without touching a text. A bot that they have muted counts for nothing.
 * @param read The number up to which they have; null: nothing.
 */
export function unreadOf(
  userId: RawBuilder<number>,
  read: RawBuilder<unknown>,
): AliasedRawBuilder<number, 'unread' | 'mentions'>[] {
  const heard = sql`events.user_id not in (
    select bot_id from bot_volumes where bot_volumes.user_id = ${userId} and level = 'muted')`
  const lines = sql<number>`(
    select count(*) from (
      select 1 from events
      where events.room_id = rooms.id and events.seq > coalesce(${read}, 0)
        and events.type = 'chat' and events.data <> ''
        and events.user_id <> ${userId} and (events.user_id > 0 or (rooms.kind = 'direct' and ${heard}))
      limit ${UNREAD_MOST}
    ) as lines)`
  const calls = (authors: RawBuilder<unknown>) => sql<number>`(
    select count(distinct mentions.seq) from mentions
    join events on events.room_id = mentions.room_id and events.seq = mentions.seq
    where mentions.room_id = rooms.id and mentions.seq > coalesce(${read}, 0)
      and (mentions.user_id = ${userId} or mentions.user_id is null) and ${authors})`
  const ofBots = calls(sql`events.user_id <= 0 and rooms.kind <> 'direct' and ${heard}`)
  const ofOthers = calls(sql`events.user_id <> ${userId} and ${heard}`)
  return [sql<number>`${lines} + ${ofBots}`.as('unread'), ofOthers.as('mentions')]
}

/** The same after any number, and the number up to which it was counted. */
export const unreadAfter = (db: Db, userId: number, roomId: number, after: number) =>
  db
    .selectFrom('rooms')
    .select('seq as upTo')
    .select(unreadOf(sql.val(userId), sql.val(after)))
    .where('id', '=', roomId)
    .executeTakeFirstOrThrow()
