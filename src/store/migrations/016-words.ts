import { sql, type Kysely, type Migration } from 'kysely'

/** The words of the index, in their order. Nothing is stored for it: it reads what the index has. */
export const words: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create virtual table search_words using fts5vocab(search, instance)`.execute(db)
  },
}
