import type { Kysely, Migration } from 'kysely'

/**
 * Whole numbers for messages, for protocols that know no other names. A row stands for a stretch of one room's
 * messages, so that a busy room writes seldom.
 */
export const messageNumbers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('number_stretches')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('room_id', 'integer', (c) => c.notNull())
      .addColumn('stretch', 'integer', (c) => c.notNull())
      .addUniqueConstraint('number_stretches_once', ['room_id', 'stretch'])
      .execute()
  },
}
