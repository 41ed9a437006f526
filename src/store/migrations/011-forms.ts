import type { Kysely, Migration } from 'kysely'

/** What people wrote into the short form of a card; it is its bot's alone. */
export const forms: Migration = {
  async up(db: Kysely<unknown>) {
    // JSON; null: a choice.
    await db.schema.alterTable('answers').addColumn('form', 'text').execute()
  },
}
