import { sql, type Selectable } from 'kysely'
import { member } from './member.js'
import { advance } from './reads.js'
import { columns, roomColumns, roomOf, type RoomColumns } from './room-row.js'
import type { Db, RoomPeopleTable } from './schema.js'
import type { Door, Entering, OwnRoom, PeopleStore, Standing } from './store.js'
import { together } from './together.js'
import { unreadAfter, unreadOf } from './unread.js'

/** People of one statement; each has four values, and SQLite takes 32,766. */
const AT_ONCE = 1_000

/**
 * Who belongs to which room, and what they have not read there.
 * @param reading Sees what is committed, and keeps no writer waiting.
 */
export const peopleStore = (db: Db, reading: Db): PeopleStore => ({
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

  of: together((userIds) => ownRooms(reading, userIds)),

  unread: (userId, roomId, after) => unreadAfter(reading, userId, roomId, after),

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

const approvedOf: Record<Standing, number> = { in: 1, waits: 0, away: -1 }
const standingOf = (approved: number): Standing =>
  approved === approvedOf.in ? 'in' : approved === approvedOf.waits ? 'waits' : 'away'

function doors(db: Db): PeopleStore['door'] {
  interface Asked {
    name: string
    userId: number
  }
  const ask = together(async (asked: readonly Asked[]) => {
    const rows = await db
      .selectFrom('rooms')
      .leftJoin('room_people as place', (j) =>
        j.onRef('place.room_id', '=', 'rooms.id').on(
          'place.user_id',
          'in',
          asked.map(({ userId }) => userId),
        ),
      )
      .select(columns)
      .select(['place.user_id', 'place.approved'])
      .where(
        'rooms.name',
        'in',
        asked.map(({ name }) => name),
      )
      .execute()
    return ({ name, userId }: Asked): Door => {
      const ofRoom = rows.filter((row) => row.name === name)
      return doorOf(ofRoom[0], ofRoom.find((row) => row.user_id === userId)?.approved ?? null)
    }
  })
  return (name, userId) => ask({ name, userId })
}

const doorOf = (row: RoomColumns | undefined, approved: number | null): Door => ({
  ...(row && { room: roomOf(row) }),
  ...(approved !== null && { standing: standingOf(approved) }),
})

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
  const approved = approvedOf[standing]
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('room_people')
    .values(
      people.map(({ userId, roomId, at }) => ({
        user_id: userId,
        room_id: roomId,
        approved,
        since: at,
      })),
    )
    .onConflict((c) =>
      over
        ? c
            .columns(['user_id', 'room_id'])
            .doUpdateSet({ approved })
            .where('room_people.approved', '!=', approved)
        : c.columns(['user_id', 'room_id']).doNothing(),
    )
    .executeTakeFirstOrThrow()
  const changed = Number(numInsertedOrUpdatedRows ?? 0)
  if (standing === 'in' && changed > 0) await readFromNow(db, people)
  return changed
}

/** Whoever comes in has missed nothing of what was said before. */
async function readFromNow(db: Db, people: readonly Entering[]): Promise<void> {
  const marks = people.map(({ userId, roomId, read }) => ({ userId, roomId, seq: read }))
  await advance(
    db,
    marks.filter(({ userId }) => userId > 0),
  )
}

async function ownRooms(
  db: Db,
  userIds: readonly number[],
): Promise<(userId: number) => OwnRoom[]> {
  const rows = await db
    .selectFrom('room_people as place')
    .innerJoin('rooms', 'rooms.id', 'place.room_id')
    .leftJoin('reads', (j) =>
      j.onRef('reads.room_id', '=', 'rooms.id').onRef('reads.user_id', '=', 'place.user_id'),
    )
    .leftJoin('room_people as other', (j) =>
      j
        .onRef('other.room_id', '=', 'rooms.id')
        .on('rooms.kind', '=', 'direct')
        .onRef('other.user_id', '!=', 'place.user_id'),
    )
    .leftJoin('users', 'users.id', 'other.user_id')
    .leftJoin('bots', 'bots.id', 'other.user_id')
    .select(roomColumns)
    .select(['place.user_id', 'place.level', 'place.approved'])
    .select(['reads.seq as read', 'other.user_id as peer'])
    .select((e) => [
      e.fn.coalesce('users.name', 'bots.name').as('peer_name'),
      e.fn.coalesce('users.imageid', 'bots.imageid').as('peer_imageid'),
    ])
    .select(unreadOf(sql.ref('place.user_id'), sql.ref('reads.seq')))
    .where('place.user_id', 'in', userIds)
    .execute()
  const own = new Map<number, OwnRoom[]>(userIds.map((userId) => [userId, []]))
  for (const row of rows) own.get(row.user_id)?.push(ownRoom(row))
  return (userId) => own.get(userId) ?? []
}

interface OwnRow extends RoomColumns, Pick<Selectable<RoomPeopleTable>, 'level' | 'approved'> {
  read: number | null
  unread: number
  mentions: number
  peer: number | null
  peer_name: string | null
  peer_imageid: string | null
}

const ownRoom = (row: OwnRow): OwnRoom => ({
  room: roomOf(row),
  standing: standingOf(row.approved),
  level: row.level,
  read: row.read ?? 0,
  unread: row.unread,
  mentions: row.mentions,
  ...(row.peer !== null && {
    peer: member({ id: row.peer, name: row.peer_name ?? '', imageid: row.peer_imageid ?? '0' }),
  }),
})
