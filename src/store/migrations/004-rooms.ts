import { sql, type Kysely, type Migration } from 'kysely'

/** What a room is like, whose it is, and who was invited. */
export const rooms: Migration = {
  async up(db: Kysely<unknown>) {
    await settings(db)
    await people(db)
    await invites(db)
    await lines(db)
  },
}

async function settings(db: Kysely<unknown>): Promise<void> {
  const texts = { kind: 'room', topic: '' }
  for (const [column, value] of Object.entries(texts)) {
    await db.schema
      .alterTable('rooms')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(value))
      .execute()
  }
  for (const column of ['unlisted', 'announce', 'archived', 'slow_ms', 'approval', 'math']) {
    await db.schema
      .alterTable('rooms')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  }
  for (const column of ['passcode', 'pair']) {
    await db.schema.alterTable('rooms').addColumn(column, 'text').execute()
  }
  // Two people who write to each other at the same moment get one room.
  await db.schema.createIndex('rooms_by_pair').on('rooms').column('pair').unique().execute()
}

/** One row from the first joining on. Bots are in direct rooms, so `user_id` names no table. */
async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('room_people')
    .addColumn('user_id', 'bigint', (c) => c.notNull())
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('level', 'text', (c) => c.notNull().defaultTo('all'))
    .addColumn('approved', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('room_people_by_user', ['user_id', 'room_id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await db.schema
    .createIndex('room_people_by_room')
    .on('room_people')
    .columns(['room_id', 'approved'])
    .execute()
  // Who was somewhere before there was this table is still there.
  await sql`
    insert into room_people (user_id, room_id, since)
    select reads.user_id, reads.room_id, rooms.made_at
    from reads join rooms on rooms.id = reads.room_id`.execute(db)
  await sql`
    insert into room_people (user_id, room_id, since)
    select made_by, id, made_at from rooms where made_by is not null
    on conflict do nothing`.execute(db)
}

async function invites(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('invites')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('made_by', 'bigint', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('uses', 'integer')
    .addColumn('used', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('revoked_at', 'bigint')
    .execute()
  await db.schema.createIndex('invites_by_room').on('invites').column('room_id').execute()
}

/**
 * What counts as unread, without the texts: a few bytes a line, however long the lines are. A recalled one
 * has no text any more and falls out by itself.
 */
async function lines(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index events_to_read on events (room_id, seq, user_id)
    where type = 'chat' and data <> ''`.execute(db)
}
