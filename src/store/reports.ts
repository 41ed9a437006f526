import type { Selectable } from 'kysely'
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

  async newest({ room, limit }) {
    const all = db.selectFrom('reports').selectAll()
    const rows = room === undefined ? all : all.where('room_id', '=', room)
    return (await rows.orderBy('id', 'desc').limit(limit).execute()).map(reportOf)
  },
})

const reportOf = (row: Selectable<ReportsTable>): Report => ({
  id: row.id,
  roomId: row.room_id,
  seq: row.seq,
  by: { id: row.by_id, name: row.by_name },
  at: row.at,
  data: row.data,
})
