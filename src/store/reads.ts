import type { Db } from './schema.js'
import type { ReadMark, ReadStore } from './store.js'

/** Rows of one statement: each has three values, and SQLite takes 32,766. */
const AT_ONCE = 1_000

/** How far each person has read in each room. */
export const readStore = (db: Db): ReadStore => ({
  async advance(marks) {
    for (let from = 0; from < marks.length; from += AT_ONCE) {
      await advance(db, marks.slice(from, from + AT_ONCE))
    }
  },
})

/** Moves these marks forward, in one statement: not too many, and each of them once. */
export async function advance(db: Db, marks: readonly ReadMark[]): Promise<void> {
  if (marks.length === 0) return
  await db
    .insertInto('reads')
    .values(marks.map(({ userId, roomId, seq }) => ({ user_id: userId, room_id: roomId, seq })))
    .onConflict((c) =>
      c
        .columns(['user_id', 'room_id'])
        .doUpdateSet((e) => ({ seq: e.ref('excluded.seq') }))
        .whereRef('reads.seq', '<', 'excluded.seq'),
    )
    .execute()
}
