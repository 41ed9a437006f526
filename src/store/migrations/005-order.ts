import type { Kysely, Migration } from 'kysely'

/** Who may what, who may not, and who did what: roles, mutes and bans, reports, the audit log, devices. */
export const order: Migration = {
  async up(db: Kysely<unknown>) {
    await roles(db)
    await sanctions(db)
    await audit(db)
    await reports(db)
    await devices(db)
    await hostLinks(db)
  },
}

async function roles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('roles')
    .addColumn('user_id', 'integer', (c) =>
      c.primaryKey().notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
}

/** A mute or a ban of one person, and the things that it is held by: one row each. */
async function sanctions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sanctions')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull())
    // Null: everywhere.
    .addColumn('room_id', 'integer', (c) => c.references('rooms.id').onDelete('cascade'))
    // Null: nobody in particular (an address, a name that nobody bears).
    .addColumn('user_id', 'integer')
    // As it was: a later name would hide whom a moderator meant.
    .addColumn('user_name', 'text', (c) => c.notNull())
    // Null: for good.
    .addColumn('until', 'bigint')
    // Null: the command line.
    .addColumn('by_id', 'integer')
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('lifted_at', 'bigint')
    .execute()
  await db.schema
    .createTable('sanction_targets')
    .addColumn('sanction_id', 'integer', (c) =>
      c.notNull().references('sanctions.id').onDelete('cascade'),
    )
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sanction_targets_once', ['sanction_id', 'target', 'value'])
    .execute()
}

async function audit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('at', 'bigint', (c) => c.notNull())
    // Null: the command line.
    .addColumn('by_id', 'integer')
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('room_id', 'integer')
    .addColumn('target_id', 'integer')
    .addColumn('target_name', 'text')
    .addColumn('details', 'text')
    .execute()
  await db.schema.createIndex('audit_by_room').on('audit').columns(['room_id', 'id']).execute()
}

async function reports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reports')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('room_id', 'integer', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull())
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    // Of two reports of one message by one person, the later is the same one.
    .addUniqueConstraint('reports_once', ['room_id', 'seq', 'by_id'])
    .execute()
}

/** Hash of the random id in a browser's long-lived cookie, of the browser that the session began in. */
async function devices(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('device', 'text').execute()
  await db.schema.createIndex('sessions_by_device').on('sessions').column('device').execute()
}

/** One-time links that make a host, kept as hashes. */
async function hostLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('host_links')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute()
}
