import { member } from './member.js'
import { putPeople } from './room-people.js'
import { columns, roomOf } from './room-row.js'
import type { Db } from './schema.js'
import type { RoomStore } from './store.js'

/** People of a room that are looked up at once. */
const KNOWN = 1_000

/** The rooms, and where each stands. */
export const roomStore = (db: Db): RoomStore => ({
  async ensure({ name, at, by, kept, ...wish }) {
    const settings = kept && {
      slow_ms: kept.slow_ms,
      approval: kept.approval ? 1 : 0,
      unlisted: kept.unlisted || wish.unlisted ? 1 : 0,
      math: kept.math ? 1 : 0,
    }
    const { title, topic = '', passcodeHash: passcode = null } = wish
    const values = { name, title, topic, passcode, at, made_at: at, made_by: by ?? null }
    await db
      .insertInto('rooms')
      .values({ ...values, ...settings })
      .onConflict((c) => c.column('name').doNothing())
      .execute()
    return roomOf(await rooms(db).where('name', '=', name).executeTakeFirstOrThrow())
  },

  async byName(name) {
    const row = await rooms(db).where('name', '=', name).executeTakeFirst()
    return row && roomOf(row)
  },

  all: async () => (await rooms(db).orderBy('id').execute()).map(roomOf),

  async known(roomId) {
    const rows = await db
      .selectFrom('room_people')
      .innerJoin('users', 'users.id', 'room_people.user_id')
      .select(['users.id', 'users.name', 'users.imageid'])
      .where('room_people.room_id', '=', roomId)
      .where('room_people.approved', '=', 1)
      .orderBy('room_people.since', 'desc')
      .limit(KNOWN)
      .execute()
    return rows.map(member)
  },

  async lately(roomId, since) {
    const rows = await db
      .selectFrom('room_people')
      .innerJoin('sessions', 'sessions.user_id', 'room_people.user_id')
      .select('room_people.user_id')
      .distinct()
      .where('room_people.room_id', '=', roomId)
      .where('room_people.approved', '=', 1)
      .where('sessions.seen', '>=', since)
      .where('sessions.revoked', '=', 0)
      .limit(KNOWN)
      .execute()
    return rows.map((row) => row.user_id)
  },

  async madeSince(userId, since, kind) {
    const { made } = await db
      .selectFrom('rooms')
      .select((e) => e.fn.countAll().as('made'))
      .where('made_by', '=', userId)
      .where('made_at', '>=', since)
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow()
    return Number(made)
  },

  async between(a, b) {
    const row = await rooms(db).where('pair', '=', pairOf(a, b)).executeTakeFirst()
    return row && roomOf(row)
  },

  direct: ({ name, at, by, to }) =>
    db.transaction().execute(async (trx) => {
      const pair = pairOf(by, to)
      await trx
        .insertInto('rooms')
        .values({ name, title: '', at, made_at: at, made_by: by, kind: 'direct', pair })
        .onConflict((c) => c.column('pair').doNothing())
        .execute()
      const room = roomOf(await rooms(trx).where('pair', '=', pair).executeTakeFirstOrThrow())
      const two = [by, to].map((userId) => ({ userId, roomId: room.id, at, read: 0 }))
      await putPeople(trx, two, 'in', false)
      return room
    }),

  async set(roomId, { passcodeHash, title, slow_ms, ...flags }) {
    const change = {
      ...(title !== undefined && { title }),
      ...(slow_ms !== undefined && { slow_ms }),
      ...(passcodeHash !== undefined && { passcode: passcodeHash }),
      ...Object.fromEntries(Object.entries(flags).map(([flag, on]) => [flag, on ? 1 : 0])),
    }
    if (Object.keys(change).length > 0) {
      await db.updateTable('rooms').set(change).where('id', '=', roomId).execute()
    }
    const row = await rooms(db).where('id', '=', roomId).executeTakeFirst()
    return row && roomOf(row)
  },
})

/** The same, whoever of the two asks. */
const pairOf = (a: number, b: number): string => `${Math.min(a, b)}:${Math.max(a, b)}`

const rooms = (db: Db) => db.selectFrom('rooms').select(columns)
