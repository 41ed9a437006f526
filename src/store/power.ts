import type { RawBuilder, Selectable } from 'kysely'
import type { BotPolicy } from '../protocol.js'
import { listed, prepared } from './prepared.js'
import type { BotPoliciesTable, Db } from './schema.js'
import type { PowerStore } from './store.js'
import { together } from './together.js'

/** What people let bots do. */
export const powerStore = (db: Db): PowerStore => ({
  async policies() {
    const rows = await db.selectFrom('bot_policies').selectAll().execute()
    return rows.map((row) => ({
      roomId: row.room_id,
      botId: row.bot_id,
      policy: policyOf(row),
    }))
  },

  async setPolicy({ roomId, botId, policy: { mode, callers, quiet } }) {
    const values = {
      mode,
      callers,
      quiet_from: quiet?.from ?? null,
      quiet_until: quiet?.until ?? null,
    }
    await db
      .insertInto('bot_policies')
      .values({ room_id: roomId, bot_id: botId, ...values })
      .onConflict((c) => c.columns(['room_id', 'bot_id']).doUpdateSet(values))
      .execute()
  },

  volumes: together(async (userIds: readonly number[]) => {
    const { rows } = await db.executeQuery(volumesOf(db, JSON.stringify(userIds)))
    return (userId) =>
      rows.filter((row) => row.user_id === userId).map(({ bot_id: bot, level }) => ({ bot, level }))
  }),

  async setVolume(userId, bot, level) {
    if (level === 'all') {
      await db
        .deleteFrom('bot_volumes')
        .where('user_id', '=', userId)
        .where('bot_id', '=', bot)
        .execute()
      return
    }
    await db
      .insertInto('bot_volumes')
      .values({ user_id: userId, bot_id: bot, level })
      .onConflict((c) => c.columns(['user_id', 'bot_id']).doUpdateSet({ level }))
      .execute()
  },
})

const volumesOf = prepared((db: Db, users: RawBuilder<string>) =>
  db.selectFrom('bot_volumes').selectAll().where('user_id', 'in', listed<number>(users)),
)

const policyOf = (row: Selectable<BotPoliciesTable>): BotPolicy => ({
  mode: row.mode,
  callers: row.callers,
  ...(row.quiet_from !== null &&
    row.quiet_until !== null && { quiet: { from: row.quiet_from, until: row.quiet_until } }),
})
