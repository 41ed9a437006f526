import type { Db } from './schema.js'
import type { NumberStore } from './store.js'

/** Stretches of rooms' messages, each under a whole number. */
export const numberStore = (db: Db): NumberStore => ({
  async stretches() {
    const rows = await db.selectFrom('number_stretches').selectAll().execute()
    return rows.map(({ id, room_id: roomId, stretch }) => ({ id, roomId, stretch }))
  },

  async add(roomId, stretch) {
    await db
      .insertInto('number_stretches')
      .values({ room_id: roomId, stretch })
      .onConflict((c) => c.doNothing())
      .execute()
    const { id } = await db
      .selectFrom('number_stretches')
      .select('id')
      .where('room_id', '=', roomId)
      .where('stretch', '=', stretch)
      .executeTakeFirstOrThrow()
    return id
  },
})
