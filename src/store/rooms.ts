import type { Selectable } from 'kysely'
import { member } from './member.js'
import type { Db, RoomsTable } from './schema.js'
import type { RoomRow, RoomStore } from './store.js'

/** People of a room that are looked up at once. */
const KNOWN = 1_000

/** The rooms, and where each stands. */
export const roomStore = (db: Db): RoomStore => ({
  async ensure({ name, title, at, by }) {
    await db
      .insertInto('rooms')
      .values({ name, title, at, made_at: at, made_by: by ?? null })
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

  async madeSince(userId, since) {
    const { made } = await db
      .selectFrom('rooms')
      .select((e) => e.fn.countAll().as('made'))
      .where('made_by', '=', userId)
      .where('made_at', '>=', since)
      .executeTakeFirstOrThrow()
    return Number(made)
  },
})

const columns = [
  'id',
  'name',
  'title',
  'seq',
  'at',
  'floor',
  'made_by',
  'kind',
  'topic',
  'unlisted',
  'announce',
  'archived',
  'approval',
  'math',
  'slow_ms',
  'passcode',
] as const

const rooms = (db: Db) => db.selectFrom('rooms').select(columns)

function roomOf(row: Pick<Selectable<RoomsTable>, (typeof columns)[number]>): RoomRow {
  const { id, name, title, seq, at, floor, kind, topic, slow_ms, passcode } = row
  return {
    id,
    name,
    seq,
    at,
    floor,
    madeBy: row.made_by,
    passcodeHash: passcode,
    settings: {
      title,
      topic,
      kind,
      unlisted: row.unlisted === 1,
      passcode: passcode !== null,
      announce: row.announce === 1,
      archived: row.archived === 1,
      slow_ms,
      approval: row.approval === 1,
      math: row.math === 1,
    },
  }
}
