import { sql, type RawBuilder } from 'kysely'
import { everyEvent } from '../event-row.js'
import type { Db } from '../schema.js'
import type { SearchPage, SearchQuery, SearchStore } from '../store.js'
import type { AskWritten } from '../written.js'
import { asksNothing, matchOf } from './match.js'

/**
 * Looks things up in the index of `003-search`. Its numbers go with the time, all rooms together, so the newest
 * come first by themselves and the search stops when it has a page of them.
 * @param waiting Are there messages that are not indexed yet?
 */
export const searchStore = (db: Db, ask: AskWritten, waiting: () => boolean): SearchStore => ({
  async find(query) {
    if (asksNothing(query)) return 'nothing'
    const end = await positionOf(db, query)
    if (end === undefined) return 'lost'
    const page = await pageOf(db, ask, query, await hits(db, query, end))
    return waiting() ? { ...page, indexedSince: await oldestIndexed(db) } : page
  },
})

/** Beyond all numbers. */
const NEWEST = Number.MAX_SAFE_INTEGER

/** The number before which to look on. A cursor names a message of a room that the asker may read, no other. */
async function positionOf(db: Db, { cursor, rooms }: SearchQuery): Promise<number | undefined> {
  if (cursor === undefined) return NEWEST
  const [roomId, seq] = Buffer.from(cursor, 'base64url').toString().split('.').map(Number)
  if (roomId === undefined || seq === undefined) return undefined
  if (!rooms.some(({ id }) => id === roomId)) return undefined
  const row = await db
    .selectFrom('events')
    .select('doc')
    .where('room_id', '=', roomId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.doc ?? undefined
}

const cursorAt = (roomId: number, seq: number): string =>
  Buffer.from(`${roomId}.${seq}`).toString('base64url')

/** What asks for the numbers of the messages that fit, the newest first, one more than asked for. */
async function hits(db: Db, query: SearchQuery, end: number): Promise<RawBuilder<number>> {
  const { rooms, after, before, bot, limit } = query
  const ids = JSON.stringify(rooms.map(({ id }) => id))
  const match = matchOf(query, await botNames(db, query), await areQuiet(db, rooms.length, ids))
  const [first, last] = [
    after === undefined ? 0 : await firstSince(db, after - CLOCK_SLACK),
    before === undefined ? end : Math.min(end, await firstSince(db, before + CLOCK_SLACK)),
  ]
  const number = sql.ref(match === undefined ? 'events.doc' : 'search.rowid')
  return sql<number>`(
    select events.doc
    from ${match === undefined ? sql`events indexed by events_by_doc` : sql`search cross join events on events.doc = search.rowid`}
    where ${match === undefined ? sql`events.doc is not null` : sql`search match ${match}`}
      and ${number} >= ${first} and ${number} < ${last}
      and events.room_id in (select value from json_each(${ids}))
      ${after === undefined ? sql`` : sql`and events.at >= ${after}`}
      ${before === undefined ? sql`` : sql`and events.at < ${before}`}
      ${bot.only === false ? sql`and events.user_id > 0` : sql``}
    order by ${number} desc
    limit ${limit + 1}
  )`
}

/** Rooms that the index may be asked for: each costs some microseconds. */
const ROOMS = 250
/** From this part of everything on, it costs less to look at each hit whether it is of these rooms. */
const SHARE = 0.25

/** Was so little said in these rooms that most hits would be of others? */
async function areQuiet(db: Db, count: number, ids: string): Promise<boolean> {
  if (count > ROOMS) return false
  const { rows } = await sql<{ asked: number | null; all: number | null }>`
    select sum(seq) as "all", sum(iif(id in (select value from json_each(${ids})), seq, 0)) as asked
    from rooms
  `.execute(db)
  return (rows[0]?.asked ?? 0) < (rows[0]?.all ?? 0) * SHARE
}

/** Asked only when a name may be that of a bot; there are a handful. */
async function botNames(db: Db, { from, bot }: SearchQuery): Promise<string[]> {
  if (from.length + bot.names.length === 0) return []
  const rows = await db.selectFrom('bots').select('name').execute()
  return rows.map(({ name }) => name)
}

/** Numbers go with the time but for a clock that was set back: by so much they may be out of order. */
const CLOCK_SLACK = 3_600_000

/** The first number of a time or later, by halving: about twenty rows are looked at, whatever was said since. */
async function firstSince(db: Db, at: number): Promise<number> {
  const { rows } = await sql<{ first: number | null }>`
    with recursive step (low, high) as (
      select 0, (select max(doc) + 1 from events where doc is not null)
      union all
      select
        iif(events.at < ${at}, events.doc + 1, low),
        iif(events.at < ${at}, high, (low + high) / 2)
      from step cross join events
      where low < high and events.doc = (
        select doc from events where doc >= (low + high) / 2 order by doc limit 1
      )
    )
    select max(low) as first from step
  `.execute(db)
  return rows[0]?.first ?? 0
}

async function pageOf(
  db: Db,
  ask: AskWritten,
  { rooms, limit }: SearchQuery,
  docs: RawBuilder<number>,
): Promise<SearchPage> {
  const rows = everyEvent(db).where('events.doc', 'in', docs).orderBy('events.doc', 'desc')
  const names = new Map(rooms.map(({ id, name }) => [id, name]))
  const { json, more, last } = await ask(rows, { rooms: names, limit })
  return { json, more, cursor: more && last ? cursorAt(last.room_id, last.seq) : null }
}

/** Never empty-handed for long: the newest are indexed first. */
async function oldestIndexed(db: Db): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select('at')
    .where('doc', 'is not', null)
    .orderBy('doc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? Date.now()
}
