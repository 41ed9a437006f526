import { sql, type Compilable, type RawBuilder } from 'kysely'
import { listed, prepared } from './prepared.js'
import { roomColumns, type RoomColumns } from './room-row.js'
import type { Db } from './schema.js'
import { UNREAD_MOST } from './store.js'

/** Lines of a room that are taken up at once: half as many again as are counted, for some are the reader's own. */
const AT_ONCE = UNREAD_MOST * 1.5
/** A room's lines go on growing up to so many. */
const MOST = AT_ONCE * 1.5
/** Rooms whose lines are kept, those that were asked for last: 6 kB each at the most. */
const ROOMS = 300

/** What was said last in a room: number and author of each line that can be unread, in the order of numbers. */
interface Kept {
  /** Every line with a greater number is here. */
  from: number
  /** Number of the room's last event when it was so. */
  upTo: number
  seqs: number[]
  authors: number[]
}

/** A room, and what of its lines is not kept yet. */
export interface FreshRoom extends RoomColumns {
  /** The number after which these lines follow; null: there are none. */
  after: number | null
  /** JSON, the newest first: an array of their numbers and one of their authors, nothing between; null: none. */
  lines: string | null
}

/**
 * The last lines of the rooms that were asked for, so that what somebody has not read is looked up and not counted:
 * when a crowd comes back to rooms full of unread lines, each room is read once, whoever asks, and then what was said
 * since. They only answer for the moment at which {@link fresh} was asked.
 */
export class Lines {
  readonly #rooms = new Map<number, Kept>()

  /** What asks for the rooms of these people (JSON), and those of their lines that are needed and not kept. */
  fresh(db: Db, users: string): Compilable<FreshRoom> {
    return freshOf(db, users, this.#known())
  }

  /** Takes up what was asked for. */
  take(fresh: readonly FreshRoom[]): void {
    for (const { id, seq: upTo, after, lines } of fresh) {
      if (after === null) continue
      const known = this.#rooms.get(id)
      const goesOn = known !== undefined && known.upTo === after
      const kept = goesOn ? known : { from: after, upTo, seqs: [], authors: [] }
      append(kept, lines)
      kept.upTo = upTo
      this.#rooms.set(id, kept)
    }
  }

  /**
   * How many lines of others somebody has not read, at most {@link UNREAD_MOST}.
   * @returns undefined: that cannot be told from the lines that are kept.
   */
  unread(roomId: number, userId: number, read: number): number | undefined {
    const kept = this.#rooms.get(roomId)
    if (!kept) return undefined
    const { from, seqs, authors } = kept
    let unread = 0
    for (let i = seqs.length - 1; i >= 0 && unread < UNREAD_MOST; i--) {
      if ((seqs[i] ?? 0) <= read) break
      if (authors[i] !== userId) unread++
    }
    return read >= from || unread === UNREAD_MOST ? unread : undefined
  }

  /** Forgets what was not asked for longest. @param used The rooms that were asked for just now. */
  fit(used: Iterable<number>): void {
    for (const roomId of used) {
      const kept = this.#rooms.get(roomId)
      if (kept && this.#rooms.delete(roomId)) this.#rooms.set(roomId, kept)
    }
    for (const roomId of this.#rooms.keys()) {
      if (this.#rooms.size <= ROOMS) return
      this.#rooms.delete(roomId)
    }
  }

  /** JSON: by room, the number from which on all is kept (0: no more of it is of use) and up to which. */
  #known(): string {
    const known = [...this.#rooms].map(([roomId, { from, upTo, seqs }]) => [
      roomId,
      [seqs.length >= AT_ONCE ? 0 : from, upTo],
    ])
    return JSON.stringify(Object.fromEntries(known))
  }
}

/** A line that was taken back is none any more; by an edit none comes and none goes. */
const GOES_ON = sql`
  rooms.seq - kept.up_to <= ${AT_ONCE} and kept.low <= asked.need and not exists (
    select 1 from events where room_id = rooms.id and seq > kept.up_to and type = 'recall'
  )`
/** As far back as is asked for; once somebody asks for more, twice as far: the next one may have read less. */
const ANEW = sql`
  case when kept.room_id is null then asked.need
  else max(0, min(2 * asked.need - rooms.seq, kept.low)) end`

const LINES = sql`
  select seq, user_id from events
  where room_id = rooms.id and type = 'chat' and octet_length(data) > 0 and user_id > 0 and seq > after
  order by seq desc limit ${sql.lit(AT_ONCE)}`

/** @param known As {@link Lines} keeps it. */
const freshOf = prepared((db: Db, users: RawBuilder<string>, known: RawBuilder<string>) => {
  const query = sql<FreshRoom>`
    with asked as (
      select place.room_id, min(coalesce(reads.seq, 0)) as need
      from room_people as place
      left join reads on reads.room_id = place.room_id and reads.user_id = place.user_id
      where place.user_id in ${listed(users)}
      group by place.room_id
    ), kept as materialized (
      select cast(key as integer) as room_id, value ->> 0 as low, value ->> 1 as up_to
      from json_each(${known})
    ), wanted as (
      select asked.room_id, case
        when rooms.kind = 'direct' or (kept.up_to = rooms.seq and kept.low <= asked.need) then null
        when ${GOES_ON} then kept.up_to
        else ${ANEW}
      end as after
      from asked
      join rooms on rooms.id = asked.room_id
      left join kept on kept.room_id = asked.room_id
    )
    select
      ${sql.join(roomColumns.map((column) => sql.ref(column)))}, after,
      case when after is not null then (
        select json_group_array(seq) || json_group_array(user_id) from (${LINES})
      ) end as lines
    from wanted join rooms on rooms.id = wanted.room_id`
  return { compile: () => query.compile(db) }
})

function append(kept: Kept, lines: string | null): void {
  const [seqs = [], authors = []]: number[][] = JSON.parse(`[${lines?.replace('][', '],[') ?? ''}]`)
  for (let i = seqs.length - 1; i >= 0; i--) {
    kept.seqs.push(seqs[i] ?? 0)
    kept.authors.push(authors[i] ?? 0)
  }
  if (seqs.length === AT_ONCE || kept.seqs.length > MOST) shorten(kept)
}

/** There may be more before the first of these. */
function shorten(kept: Kept): void {
  kept.seqs.splice(0, kept.seqs.length - AT_ONCE)
  kept.authors.splice(0, kept.authors.length - AT_ONCE)
  kept.from = (kept.seqs[0] ?? 0) - 1
}
