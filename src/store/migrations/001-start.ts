import { sql, type Kysely, type Migration } from 'kysely'

/** Rooms and their events, users and their sessions. */
export const start: Migration = {
  async up(db: Kysely<unknown>) {
    await nameAndValue(db)
    await rooms(db)
    await events(db)
    await users(db)
    await sessions(db)
    await reads(db)
  },
}

async function nameAndValue(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('meta')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .execute()
}

async function rooms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rooms')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('floor', 'bigint', (c) => c.notNull().defaultTo(1))
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('made_by', 'bigint')
    .execute()
  await db.schema
    .createIndex('rooms_by_maker')
    .on('rooms')
    .columns(['made_by', 'made_at'])
    .execute()
}

async function events(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('user_id', 'bigint', (c) => c.notNull())
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('user_imageid', 'text', (c) => c.notNull())
    .addColumn('cid', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('received', 'blob', (c) => c.notNull())
    .addColumn('extra', 'text')
    .addPrimaryKeyConstraint('events_by_number', ['room_id', 'seq'])
    .addUniqueConstraint('events_once', ['room_id', 'user_id', 'cid'])
    // The rows lie in the order of their numbers: a page of history is one stretch of the file.
    .modifyEnd(sql`without rowid`)
    .execute()
}

async function users(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('users')
    // AUTOINCREMENT: the id of a deleted user is not given again.
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('skeleton', 'text', (c) => c.notNull())
    .addColumn('imageid', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('users_by_skeleton').on('users').column('skeleton').execute()
  await db.schema
    .createTable('bots')
    .addColumn('id', 'integer', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('imageid', 'text', (c) => c.notNull())
    .execute()
}

async function sessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('sid_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('user_id', 'integer', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('born', 'bigint', (c) => c.notNull())
    .addColumn('seen', 'bigint', (c) => c.notNull())
    .addColumn('revoked', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('sessions_by_user').on('sessions').column('user_id').execute()
  await db.schema.createIndex('sessions_by_use').on('sessions').column('seen').execute()
}

async function reads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reads')
    .addColumn('user_id', 'integer', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('reads_by_user', ['user_id', 'room_id'])
    .execute()
}
