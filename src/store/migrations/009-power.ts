import { sql, type Kysely, type Migration } from 'kysely'

/** What people let bots do: moderators in a room, and everybody for themselves. */
export const powerOverBots: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('bot_policies')
      .addColumn('room_id', 'integer', (c) =>
        c.notNull().references('rooms.id').onDelete('cascade'),
      )
      .addColumn('bot_id', 'integer', (c) => c.notNull().references('bots.id'))
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('callers', 'text', (c) => c.notNull())
      // `HH:MM` on the server's clock; both or neither.
      .addColumn('quiet_from', 'text')
      .addColumn('quiet_until', 'text')
      .addPrimaryKeyConstraint('bot_policies_key', ['room_id', 'bot_id'])
      .modifyEnd(sql`without rowid`)
      .execute()
    await db.schema
      .createTable('bot_volumes')
      .addColumn('user_id', 'integer', (c) => c.notNull().references('users.id'))
      .addColumn('bot_id', 'integer', (c) => c.notNull().references('bots.id'))
      .addColumn('level', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('bot_volumes_key', ['user_id', 'bot_id'])
      .modifyEnd(sql`without rowid`)
      .execute()
  },
}
