import { sql, type Kysely, type Migration } from 'kysely'

/**
 * The search index. What was said before is only listed here: the store indexes it while people talk already,
 * the newest first.
 */
export const search: Migration = {
  async up(db: Kysely<unknown>) {
    await numbers(db)
    await index(db)
    await waiting(db)
  },
}

/** The number of a message in the index, in the order of all rooms together; null: it is not in it. */
async function numbers(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('events').addColumn('doc', 'bigint').execute()
  await sql`create unique index events_by_doc on events (doc) where doc is not null`.execute(db)
}

/**
 * The index keeps no texts (the events have them) and no lengths (nothing is ranked). Its words come ready from
 * `search/tokens.ts`, a space between them. What is taken out of it is gone from the file.
 */
async function index(db: Kysely<unknown>): Promise<void> {
  await sql`
    create virtual table search using fts5(words, content = '', columnsize = 0, tokenize = 'ascii')
  `.execute(db)
  await sql`insert into search (search, rank) values ('secure-delete', 1)`.execute(db)
}

/** Messages that are not indexed yet, under the numbers that they will have. */
async function waiting(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('search_todo')
    .addColumn('doc', 'integer', (c) => c.primaryKey().notNull())
    .addColumn('room_id', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .execute()
  await sql`
    insert into search_todo (room_id, seq)
    select room_id, seq from events where type = 'chat' order by at, room_id, seq
  `.execute(db)
}
