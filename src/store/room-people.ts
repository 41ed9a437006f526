import { sql, type RawBuilder } from 'kysely'
import { member } from './member.js'
import { listed, prepared } from './prepared.js'
import { advance } from './reads.js'
import { ownRooms, type AskBoth } from './own-rooms.js'
import { columns, roomOf } from './room-row.js'
import type { Db } from './schema.js'
import { approvedOf, standingOf } from './standing.js'
import type { Door, Entering, PeopleStore, RoomRow, Standing } from './store.js'
import { together } from './together.js'
import { unreadAfter } from './unread.js'

/** People of one statement. */
const AT_ONCE = 1_000

/**
 * Who belongs to which room, and what they have not read there.
 * @param reading Sees what is committed, and keeps no writer waiting.
 * @param askBoth Asks by way of the same.
 */
export const peopleStore = (db: Db, reading: Db, askBoth: AskBoth): PeopleStore => ({
  door: doors(reading),

  put: (people, standing, over = false) =>
    db.transaction().execute(async (trx) => {
      let changed = 0
      for (let from = 0; from < people.length; from += AT_ONCE) {
        changed += await putPeople(trx, people.slice(from, from + AT_ONCE), standing, over)
      }
      return changed
    }),

  async remove(userId, roomId) {
    await db
      .deleteFrom('room_people')
      .where('user_id', '=', userId)
      .where('room_id', '=', roomId)
      .execute()
  },

  async setLevel(userId, roomId, level) {
    await db
      .updateTable('room_people')
      .set({ level })
      .where('user_id', '=', userId)
      .where('room_id', '=', roomId)
      .execute()
  },

  of: together(ownRooms(reading, askBoth)),

  async unread(userId, roomId, after) {
    const [counted] = await unreadAfter(reading, [{ userId, roomId, seq: after }])
    const { unread = 0, mentions = 0, upTo = after } = counted ?? {}
    return { unread, mentions, upTo }
  },

  async waiting(roomId) {
    const rows = await reading
      .selectFrom('room_people')
      .innerJoin('users', 'users.id', 'room_people.user_id')
      .select(['users.id', 'users.name', 'users.imageid'])
      .where('room_id', '=', roomId)
      .where('approved', '=', approvedOf.waits)
      .orderBy('since')
      .execute()
    return rows.map(member)
  },
})

function doors(db: Db): PeopleStore['door'] {
  interface Asked {
    name: string
    userId: number
  }
  const ask = together(async (asked: readonly Asked[]) => {
    const names = JSON.stringify(asked.map(({ name }) => name))
    const users = JSON.stringify(asked.map(({ userId }) => userId))
    const { rows } = await db.executeQuery(behindNames(db, names, users))
    const byName = new Map<string, Behind>()
    for (const row of rows) {
      const behind = byName.get(row.name) ?? { room: roomOf(row), standings: new Map() }
      byName.set(row.name, behind)
      if (row.user_id !== null && row.approved !== null)
        behind.standings.set(row.user_id, standingOf(row.approved))
    }
    return ({ name, userId }: Asked): Door => doorOf(byName.get(name), userId)
  })
  return (name, userId) => ask({ name, userId })
}

const behindNames = prepared((db: Db, names: RawBuilder<string>, users: RawBuilder<string>) =>
  db
    .selectFrom('rooms')
    .leftJoin('room_people as place', (j) =>
      j.onRef('place.room_id', '=', 'rooms.id').on('place.user_id', 'in', listed<number>(users)),
    )
    .select(columns)
    .select(['place.user_id', 'place.approved'])
    .where('rooms.name', 'in', listed<string>(names)),
)

/** A room and who stands where before it, of those who asked. */
interface Behind {
  room: RoomRow
  standings: Map<number, Standing>
}

function doorOf(behind: Behind | undefined, userId: number): Door {
  const standing = behind?.standings.get(userId)
  return { ...(behind && { room: behind.room }), ...(standing && { standing }) }
}

/**
 * Also inside somebody else's transaction.
 * @returns how many have another standing than before.
 */
export async function putPeople(
  db: Db,
  people: readonly Entering[],
  standing: Standing,
  over: boolean,
): Promise<number> {
  const rows = JSON.stringify(people.map(({ userId, roomId, at }) => [userId, roomId, at]))
  const entered = (over ? standAnew : standFirst)(db, rows, approvedOf[standing])
  const changed = Number((await db.executeQuery(entered)).numAffectedRows ?? 0)
  if (standing === 'in' && changed > 0) await readFromNow(db, people)
  return changed
}

/** Who stood there before stays as they stood. */
const standFirst = prepared((db: Db, people: RawBuilder<string>, approved: RawBuilder<number>) =>
  entering(db, people, approved).onConflict((c) => c.columns(['user_id', 'room_id']).doNothing()),
)

const standAnew = prepared((db: Db, people: RawBuilder<string>, approved: RawBuilder<number>) =>
  entering(db, people, approved).onConflict((c) =>
    c
      .columns(['user_id', 'room_id'])
      .doUpdateSet((e) => ({ approved: e.ref('excluded.approved') }))
      .whereRef('room_people.approved', '!=', 'excluded.approved'),
  ),
)

const entering = (db: Db, people: RawBuilder<string>, approved: RawBuilder<number>) =>
  db.insertInto('room_people').columns(['user_id', 'room_id', 'approved', 'since']).expression(sql`
    select value ->> 0, value ->> 1, ${approved}, value ->> 2 from json_each(${people}) where true`)

/** Whoever comes in has missed nothing of what was said before. */
async function readFromNow(db: Db, people: readonly Entering[]): Promise<void> {
  const marks = people.map(({ userId, roomId, read }) => ({ userId, roomId, seq: read }))
  await advance(
    db,
    marks.filter(({ userId }) => userId > 0),
  )
}
