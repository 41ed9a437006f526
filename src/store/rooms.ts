import type { Db } from './schema.js'
import type { RoomStore } from './store.js'

const row = ['id', 'name', 'title', 'seq', 'at', 'floor'] as const

/** The rooms, and where each stands. */
export const roomStore = (db: Db): RoomStore => ({
  async ensure({ name, title, at, by }) {
    await db
      .insertInto('rooms')
      .values({ name, title, at, made_at: at, made_by: by ?? null })
      .onConflict((c) => c.column('name').doNothing())
      .execute()
    return db.selectFrom('rooms').select(row).where('name', '=', name).executeTakeFirstOrThrow()
  },

  byName: (name) => db.selectFrom('rooms').select(row).where('name', '=', name).executeTakeFirst(),

  all: () => db.selectFrom('rooms').select(row).orderBy('id').execute(),

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
