import { sql, type Kysely, type Migration } from 'kysely'

/** What bots keep, by room and key. */
export const botStoreTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('bot_store')
      .addColumn('bot_id', 'integer', (c) => c.notNull().references('bots.id'))
      .addColumn('room_id', 'integer', (c) =>
        c.notNull().references('rooms.id').onDelete('cascade'),
      )
      .addColumn('key', 'text', (c) => c.notNull())
      /** JSON. */
      .addColumn('value', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('bot_store_by_key', ['bot_id', 'room_id', 'key'])
      .modifyEnd(sql`without rowid`)
      .execute()
  },
}
