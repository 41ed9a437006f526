import type { Kysely, Migration } from 'kysely'

/** What programs elsewhere are let in by, each as a bot. */
export const tokens: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('bot_tokens')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('bot_id', 'integer', (c) => c.notNull().references('bots.id'))
      // Both as lists of words with a space between them.
      .addColumn('scopes', 'text', (c) => c.notNull())
      .addColumn('rooms', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute()
  },
}
