import type { Selectable } from 'kysely'
import { note } from './audit.js'
import type { Db, SanctionsTable } from './schema.js'
import type { NewSanction, Sanction, SanctionStore, SanctionTarget } from './store.js'

/** Mutes and bans, and what each holds its person by. */
export const sanctionStore = (db: Db): SanctionStore => ({
  async active(now) {
    const rows = await db
      .selectFrom('sanctions')
      .selectAll()
      .where('lifted_at', 'is', null)
      .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
      .orderBy('id')
      .execute()
    const targets = await targetsOf(db, now)
    return rows.map((row) => sanctionOf(row, targets.get(row.id) ?? []))
  },

  add: (sanction, lifting, entry) =>
    db.transaction().execute(async (trx) => {
      await lift(trx, lifting, entry.at)
      const id = await insert(trx, sanction)
      await note(trx, entry)
      return id
    }),

  lift: (ids, entry) =>
    db.transaction().execute(async (trx) => {
      await lift(trx, ids, entry.at)
      await note(trx, entry)
    }),
})

async function targetsOf(db: Db, now: number): Promise<Map<number, SanctionTarget[]>> {
  const rows = await db
    .selectFrom('sanction_targets')
    .innerJoin('sanctions', 'sanctions.id', 'sanction_targets.sanction_id')
    .select(['sanction_id', 'target', 'value'])
    .where('lifted_at', 'is', null)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
    .execute()
  const targets = new Map<number, SanctionTarget[]>()
  for (const { sanction_id: id, target, value } of rows) {
    targets.set(id, [...(targets.get(id) ?? []), { target, value }])
  }
  return targets
}

async function insert(db: Db, sanction: NewSanction): Promise<number> {
  const { kind, roomId, user, targets, until, by, at } = sanction
  const { id } = await db
    .insertInto('sanctions')
    .values({
      kind,
      room_id: roomId,
      user_id: user.id,
      user_name: user.name,
      until,
      by_id: by.id,
      by_name: by.name,
      at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('sanction_targets')
    .values(targets.map((target) => ({ sanction_id: id, ...target })))
    .onConflict((c) => c.doNothing())
    .execute()
  return id
}

async function lift(db: Db, ids: readonly number[], at: number): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('sanctions')
    .set({ lifted_at: at })
    .where('id', 'in', [...ids])
    .where('lifted_at', 'is', null)
    .execute()
}

const sanctionOf = (row: Selectable<SanctionsTable>, targets: SanctionTarget[]): Sanction => ({
  id: row.id,
  kind: row.kind,
  roomId: row.room_id,
  user: { id: row.user_id, name: row.user_name },
  targets,
  until: row.until,
  by: { id: row.by_id, name: row.by_name },
  at: row.at,
})
