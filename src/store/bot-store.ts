import { sql, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Db, Schema } from './schema.js'
import type { BotStore, KeptBy } from './store.js'

/** What each bot keeps in each room. */
export const botStore = (db: Db): BotStore => ({
  async get(by, key) {
    const row = await db
      .selectFrom('bot_store')
      .select('value')
      .where(of(by))
      .where('key', '=', key)
      .executeTakeFirst()
    return row?.value
  },

  set: (by, key, value, { keys, bytes }) =>
    db.transaction().execute(async (trx) => {
      const others = await trx
        .selectFrom('bot_store')
        .select((eb) => [
          eb.fn.countAll<number>().as('keys'),
          sql<number>`coalesce(sum(length(cast(key as blob)) + length(cast(value as blob))), 0)`.as(
            'bytes',
          ),
        ])
        .where(of(by))
        .where('key', '!=', key)
        .executeTakeFirstOrThrow()
      const size = Buffer.byteLength(key) + Buffer.byteLength(value)
      if (others.keys + 1 > keys || others.bytes + size > bytes) return false

      await trx
        .insertInto('bot_store')
        .values({ bot_id: by.botId, room_id: by.roomId, key, value })
        .onConflict((c) => c.columns(['bot_id', 'room_id', 'key']).doUpdateSet({ value }))
        .execute()
      return true
    }),

  async delete(by, key) {
    const { numDeletedRows } = await db
      .deleteFrom('bot_store')
      .where(of(by))
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  },

  list: (by, prefix) =>
    db
      .selectFrom('bot_store')
      .select(['key', 'value'])
      .where(of(by))
      .where(beginsWith(prefix))
      .orderBy('key')
      .execute(),

  async rooms(botId) {
    const rows = await db
      .selectFrom('bot_store')
      .innerJoin('rooms', 'rooms.id', 'bot_store.room_id')
      .select('rooms.name')
      .distinct()
      .where('bot_id', '=', botId)
      .execute()
    return rows.map(({ name }) => name)
  },
})

const of =
  ({ botId, roomId }: KeptBy) =>
  (eb: ExpressionBuilder<Schema, 'bot_store'>) =>
    eb.and([eb('bot_id', '=', botId), eb('room_id', '=', roomId)])

/** Its length is counted by SQLite: there an emoji is one character, here it is two units. */
const beginsWith = (prefix: string) => sql<SqlBool>`substr(key, 1, length(${prefix})) = ${prefix}`
