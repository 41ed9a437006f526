import type { Kysely, Migration } from 'kysely'

/** No question is answered by this index any more (`lines.ts` reads the rows), and every line was written into it. */
export const lines: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.dropIndex('events_to_read').execute()
  },
}
