import type { Selectable } from 'kysely'
import { note } from './audit.js'
import type { Db, ReportsTable } from './schema.js'
import type { Report, ReportStore } from './store.js'

/** Messages that somebody wants a moderator to look at. */
export const reportStore = (db: Db): ReportStore => ({
  async add({ roomId, seq, by, at, data }) {
    const row = await db
      .insertInto('reports')
      .values({ room_id: roomId, seq, by_id: by.id, by_name: by.name, at, data })
      .onConflict((c) => c.columns(['room_id', 'seq', 'by_id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  },

  async byId(id) {
    const row = await withAuthor(db).where('id', '=', id).executeTakeFirst()
    return row && reportOf(row)
  },

  async openOf(roomId, seq) {
    const rows = await db
      .selectFrom('reports')
      .select('id')
      .where('room_id', '=', roomId)
      .where('seq', '=', seq)
      .where('handled_at', 'is', null)
      .execute()
    return rows.map(({ id }) => id)
  },

  handle: (id, entry) =>
    db.transaction().execute(async (trx) => {
      const { at, by } = entry
      const { numUpdatedRows } = await trx
        .updateTable('reports')
        .set({ handled_at: at, handled_by_id: by.id, handled_by_name: by.name })
        .where('id', '=', id)
        .where('handled_at', 'is', null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows > 0n) await note(trx, entry)
      return numUpdatedRows > 0n
    }),

  async newest({ room, reader, limit }) {
    let all = withAuthor(db)
    if (room !== undefined) all = all.where('reports.room_id', '=', room)
    if (reader !== undefined)
      all = all.where((e) =>
        e.or([e('events.user_id', 'is', null), e('events.user_id', '!=', reader)]),
      )
    const rows = await all
      .orderBy((e) => e('handled_at', 'is not', null))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(reportOf)
  },
})

const withAuthor = (db: Db) =>
  db
    .selectFrom('reports')
    .leftJoin('events', (join) =>
      join.onRef('events.room_id', '=', 'reports.room_id').onRef('events.seq', '=', 'reports.seq'),
    )
    .selectAll('reports')
    .select('events.user_id as author')

const reportOf = (row: Selectable<ReportsTable> & { author: number | null }): Report => ({
  id: row.id,
  roomId: row.room_id,
  seq: row.seq,
  by: { id: row.by_id, name: row.by_name },
  at: row.at,
  data: row.data,
  ...(row.author !== null && { author: row.author }),
  ...(row.handled_at !== null && {
    handled: { by: { id: row.handled_by_id, name: row.handled_by_name ?? '' }, at: row.handled_at },
  }),
})
