import type { Db } from './schema.js'
import type { ReadStore } from './store.js'

/** How far each person has read in each room. */
export const readStore = (db: Db): ReadStore => ({
  async advance(userId, roomId, seq) {
    await db
      .insertInto('reads')
      .values({ user_id: userId, room_id: roomId, seq })
      .onConflict((c) =>
        c.columns(['user_id', 'room_id']).doUpdateSet({ seq }).where('reads.seq', '<', seq),
      )
      .execute()
  },

  async of(userId, roomId) {
    const row = await db
      .selectFrom('reads')
      .select('seq')
      .where('user_id', '=', userId)
      .where('room_id', '=', roomId)
      .executeTakeFirst()
    return row?.seq ?? 0
  },
})
