import type { Kysely, Migration } from 'kysely'

/** Who chose what under which card; what it adds up to stands with the message. */
export const answers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('answers')
      .addColumn('room_id', 'integer', (column) => column.notNull())
      .addColumn('message', 'integer', (column) => column.notNull())
      .addColumn('choice', 'text', (column) => column.notNull())
      .addColumn('user_id', 'integer', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('answers_key', ['room_id', 'message', 'choice', 'user_id'])
      .execute()
    await db.schema
      .createIndex('answers_of')
      .on('answers')
      .columns(['room_id', 'message', 'user_id'])
      .execute()
  },
}
