import { sql, type RawBuilder } from 'kysely'
import { everyEvent } from '../event-row.js'
import type { Db } from '../schema.js'
import type { SearchPage, SearchQuery, SearchStore } from '../store.js'
import type { AskWritten } from '../written.js'
import { readBegun, wordsThatBegin } from './beginnings.js'
import type { Indexing } from './indexing.js'
import { UNSEEN } from './limit.js'
import { asksNothing, beginnings, matchOf } from './match.js'

/**
 * Looks things up in the index of `003-search`. Its numbers go with the time, all rooms together, so the newest
 * come first by themselves and the search stops when it has a page of them.
 * @param indexing What was just said is indexed first.
 */
export const searchStore = (
  db: Db,
  ask: AskWritten,
  { indexing, now }: { indexing: Indexing; now: () => number },
): SearchStore => ({
  async find(query) {
    if (asksNothing(query)) return 'nothing'
    const place = placeOf(query)
    if (place === undefined) return 'lost'
    await indexing.catchUp()
    const known = await lookAround(db, query, place)
    if (known.end === null) return 'lost'
    const page = await pageOf(db, ask, query, hits(query, known))
    if (!indexing.waiting) return page
    return { ...page, indexedSince: (await oldestIndexed(db)) ?? now() }
  },
})

/** Beyond all numbers. */
const NEWEST = Number.MAX_SAFE_INTEGER

type Sql = RawBuilder<unknown>

/**
 * Where to go on from. A cursor names a message of a room that the asker may read, no other.
 * @returns undefined: it is no cursor, or names another one.
 */
function placeOf({ cursor, rooms }: SearchQuery): Sql | undefined {
  if (cursor === undefined) return sql`${NEWEST}`
  const [roomId, seq] = Buffer.from(cursor, 'base64url').toString().split('.').map(Number)
  if (roomId === undefined || seq === undefined) return undefined
  if (!rooms.some(({ id }) => id === roomId)) return undefined
  return sql`(select doc from events where room_id = ${roomId} and seq = ${seq})`
}

const cursorAt = (roomId: number, seq: number): string =>
  Buffer.from(`${roomId}.${seq}`).toString('base64url')

/** What has to be known before the index can be asked. */
interface Known {
  /** The number before which to look on; null: the message that was named is not there. */
  end: number | null
  /** Names of all bots, as JSON. */
  bots: string
  /** The words that begin as those that were typed, as JSON. */
  begun: string
  /** 1: so little was said in these rooms that most hits would be of others. */
  quiet: number
  /** The numbers of the time that is asked for. */
  first: number | null
  last: number | null
}

/** All of it in one question: what costs is the way to the thread and back. */
async function lookAround(db: Db, query: SearchQuery, end: Sql): Promise<Known> {
  const { rooms, from, bot, after, before } = query
  const begins = [...new Set(beginnings(query))]
  const named = from.length + bot.names.length > 0 // only then a name may be that of a bot; there are a handful
  const { rows } = await sql<Known>`select
    ${end} as "end",
    ${named ? sql`(select json_group_array(name) from bots)` : sql`'[]'`} as bots,
    ${begins.length > 0 ? wordsThatBegin(begins) : sql`'{}'`} as begun,
    ${rooms.length > ROOMS ? sql`0` : areQuiet(rooms)} as quiet,
    ${after === undefined ? sql`0` : firstSince(after - CLOCK_SLACK)} as first,
    ${before === undefined ? sql`null` : firstSince(before + CLOCK_SLACK)} as last
  `.execute(db)
  return rows[0] ?? { end: null, bots: '[]', begun: '{}', quiet: 0, first: 0, last: null }
}

/** What asks for the numbers of the messages that fit, the newest first, one more than asked for. */
function hits(
  query: SearchQuery,
  { end, bots, begun, quiet, first, last }: Known,
): RawBuilder<number> {
  const { rooms, after, before, bot, limit } = query
  const match = matchOf(query, JSON.parse(bots), quiet === 1, readBegun(begun))
  const number = sql.ref(match === undefined ? 'events.doc' : 'search.rowid')
  return sql<number>`(
    select events.doc
    from ${match === undefined ? sql`events indexed by events_by_doc` : sql`search cross join events on events.doc = search.rowid`}
    where ${match === undefined ? sql`events.doc is not null` : sql`search match ${match}`}
      and ${number} >= ${first ?? 0} and ${number} < ${Math.min(end ?? NEWEST, last ?? NEWEST)}
      and events.room_id in (select value from json_each(${idsOf(rooms)}))
      ${after === undefined ? sql`` : sql`and events.at >= ${after}`}
      ${before === undefined ? sql`` : sql`and events.at < ${before}`}
      ${bot.only === false ? sql`and events.user_id > 0` : sql``}
    order by ${number} desc
    limit ${limit + 1} ${sql.raw(UNSEEN)}
  )`
}

const idsOf = (rooms: SearchQuery['rooms']): string => JSON.stringify(rooms.map(({ id }) => id))

/** Rooms that the index may be asked for: each costs some microseconds. */
const ROOMS = 250
/** From this part of everything on, it costs less to look at each hit whether it is of these rooms. */
const SHARE = 0.25

const areQuiet = (rooms: SearchQuery['rooms']): Sql => sql`(
  select sum(iif(id in (select value from json_each(${idsOf(rooms)})), seq, 0)) < sum(seq) * ${SHARE}
  from rooms
)`

/** Numbers go with the time but for a clock that was set back: by so much they may be out of order. */
const CLOCK_SLACK = 3_600_000

/** The first number of a time or later, by halving: about twenty rows are looked at, whatever was said since. */
const firstSince = (at: number): Sql => sql`(
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
  select coalesce(max(low), 0) from step
)`

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
async function oldestIndexed(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('events')
    .select('at')
    .where('doc', 'is not', null)
    .orderBy('doc')
    .limit(1)
    .executeTakeFirst()
  return row?.at
}
