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
    const row = await db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()
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

  async newest({ room, limit }) {
    const all = db.selectFrom('reports').selectAll()
    const rows = await (room === undefined ? all : all.where('room_id', '=', room))
      .orderBy((e) => e('handled_at', 'is not', null))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(reportOf)
  },
})

const reportOf = (row: Selectable<ReportsTable>): Report => ({
  id: row.id,
  roomId: row.room_id,
  seq: row.seq,
  by: { id: row.by_id, name: row.by_name },
  at: row.at,
  data: row.data,
  ...(row.handled_at !== null && {
    handled: { by: { id: row.handled_by_id, name: row.handled_by_name ?? '' }, at: row.handled_at },
  }),
})
