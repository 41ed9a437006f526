import { sql, type Kysely, type Migration } from 'kysely'

/** What changes a message after it was said: edit, recall, reactions, pins; and who is mentioned. */
export const changes: Migration = {
  async up(db: Kysely<unknown>) {
    await messageOfEvents(db)
    await reactions(db)
    await pins(db)
    await mentions(db)
  },
}

/** A column, because a recall looks for all that is about its message, and an answer for what it answers. */
async function messageOfEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('events').addColumn('message', 'bigint').execute()
  await noteAnswers(db.withTables<{ events: AnsweringRow }>())
  await db.schema
    .createIndex('events_by_message')
    .on('events')
    .columns(['room_id', 'message'])
    .where(sql.ref('message'), 'is not', null)
    .execute()
}

interface AnsweringRow {
  room_id: number
  seq: number
  extra: string | null
  message: number | null
}

/** The answers that were given before there was the column. */
async function noteAnswers(db: Kysely<{ events: AnsweringRow }>): Promise<void> {
  const rows = await db
    .selectFrom('events')
    .select(['room_id', 'seq', 'extra'])
    .where('extra', 'like', '%"reply_to"%')
    .execute()
  for (const { room_id, seq, extra } of rows) {
    const { reply_to: message }: { reply_to?: number } = JSON.parse(extra ?? '{}')
    await db
      .updateTable('events')
      .set({ message: message ?? null })
      .where('room_id', '=', room_id)
      .where('seq', '=', seq)
      .execute()
  }
}

async function reactions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reactions')
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('message', 'bigint', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('user_id', 'bigint', (c) => c.notNull())
    // The event that put it there: the order in which people are named.
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('reactions_once', ['room_id', 'message', 'data', 'user_id'])
    .execute()
}

async function pins(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pins')
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('message', 'bigint', (c) => c.notNull())
    // The event that pinned it.
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('pins_once', ['room_id', 'message'])
    .execute()
}

async function mentions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mentions')
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('user_id', 'bigint')
    .execute()
  await db.schema
    .createIndex('mentions_by_user')
    .on('mentions')
    .columns(['room_id', 'user_id', 'seq'])
    .execute()
  await db.schema
    .createIndex('mentions_by_message')
    .on('mentions')
    .columns(['room_id', 'seq'])
    .execute()
}
