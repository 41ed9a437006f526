import type { Kysely, Migration } from 'kysely'

/** Who has seen to a report, and when. */
export const handledReports: Migration = {
  async up(db: Kysely<unknown>) {
    // Null: nobody yet.
    await db.schema.alterTable('reports').addColumn('handled_at', 'bigint').execute()
    await db.schema.alterTable('reports').addColumn('handled_by_id', 'integer').execute()
    await db.schema.alterTable('reports').addColumn('handled_by_name', 'text').execute()
  },
}
