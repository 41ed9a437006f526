import { sql, type Kysely, type Migration } from 'kysely'

/**
 * Everything is indexed anew, under the numbers it had: the index holds pairs of characters now, too
 * (`search/document.ts`). The store does it while people talk, the newest first.
 */
export const pairs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      insert into search_todo (doc, room_id, seq)
      select doc, room_id, seq from events where doc is not null
    `.execute(db)
    await db.schema.dropIndex('events_by_doc').execute()
    await sql`update events set doc = null where doc is not null`.execute(db)
    await sql`create unique index events_by_doc on events (doc) where doc is not null`.execute(db)
    await sql`insert into search (search) values ('delete-all')`.execute(db)
  },
}
