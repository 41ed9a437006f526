import type { Selectable } from 'kysely'
import type { AuditTable, Db } from './schema.js'
import type { AuditEntry, AuditStore } from './store.js'

/** Who did what to whom. */
export const auditStore = (db: Db): AuditStore => ({
  add: (entry) => note(db, entry),

  async page({ room, before, limit }) {
    let rows = db.selectFrom('audit').selectAll()
    if (room !== undefined) rows = rows.where('room_id', '=', room)
    if (before !== undefined) rows = rows.where('id', '<', before)
    return (await rows.orderBy('id', 'desc').limit(limit).execute()).map(entryOf)
  },
})

/** Writes an entry; called inside the transaction of what it tells. */
export async function note(db: Db, entry: AuditEntry): Promise<void> {
  const { at, by, action, roomId, target, details } = entry
  await db
    .insertInto('audit')
    .values({
      at,
      by_id: by.id,
      by_name: by.name,
      action,
      room_id: roomId,
      target_id: target?.id ?? null,
      target_name: target?.name ?? null,
      details: details ? JSON.stringify(details) : null,
    })
    .execute()
}

const entryOf = (row: Selectable<AuditTable>): AuditEntry & { id: number } => ({
  id: row.id,
  at: row.at,
  by: { id: row.by_id, name: row.by_name },
  action: row.action,
  roomId: row.room_id,
  target: row.target_name === null ? null : { id: row.target_id, name: row.target_name },
  ...(row.details !== null && { details: JSON.parse(row.details) }),
})
