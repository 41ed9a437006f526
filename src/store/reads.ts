import { sql, type RawBuilder } from 'kysely'
import { prepared } from './prepared.js'
import type { Db } from './schema.js'
import type { ReadMark, ReadStore } from './store.js'

/** Marks of one statement. */
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
  const asked = marks.map(({ userId, roomId, seq }) => [userId, roomId, seq])
  await db.executeQuery(moveForward(db, JSON.stringify(asked)))
}

const moveForward = prepared((db: Db, marks: RawBuilder<string>) =>
  db
    .insertInto('reads')
    .columns(['user_id', 'room_id', 'seq'])
    .expression(
      sql`select value ->> 0, value ->> 1, value ->> 2 from json_each(${marks}) where true`,
    )
    .onConflict((c) =>
      c
        .columns(['user_id', 'room_id'])
        .doUpdateSet((e) => ({ seq: e.ref('excluded.seq') }))
        .whereRef('reads.seq', '<', 'excluded.seq'),
    ),
)
