import { note } from './audit.js'
import { member } from './member.js'
import type { Db } from './schema.js'
import type { TokenStore } from './store.js'

/** What programs elsewhere are let in by. A token that has ended stays, so that no id is given twice. */
export const tokenStore = (db: Db): TokenStore => ({
  async all() {
    const rows = await db
      .selectFrom('bot_tokens as t')
      .innerJoin('bots', 'bots.id', 't.bot_id')
      .select(['t.id', 't.hash', 't.scopes', 't.rooms', 't.made_at', 't.expires_at', 't.used_at'])
      .select(['bots.id as bot', 'bots.name', 'bots.imageid'])
      .where('t.revoked_at', 'is', null)
      .orderBy('t.id')
      .execute()
    return rows.map(({ id, hash, bot, name, imageid, ...row }) => ({
      id,
      hash,
      bot: member({ id: bot, name, imageid }),
      scopes: words(row.scopes),
      rooms: words(row.rooms),
      madeAt: row.made_at,
      ...(row.expires_at !== null && { expiresAt: row.expires_at }),
      ...(row.used_at !== null && { usedAt: row.used_at }),
    }))
  },

  add: ({ hash, bot, scopes, rooms, madeAt, expiresAt = null }, entry) =>
    db.transaction().execute(async (trx) => {
      const { id } = await trx
        .insertInto('bot_tokens')
        .values({
          hash,
          bot_id: bot.id,
          scopes: scopes.join(' '),
          rooms: rooms.join(' '),
          made_at: madeAt,
          expires_at: expiresAt,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await note(trx, { ...entry, details: { ...entry.details, token: id } })
      return id
    }),

  revoke: (id, at, entry) =>
    db.transaction().execute(async (trx) => {
      const ended = await trx
        .updateTable('bot_tokens')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (ended) await note(trx, entry)
      return ended !== undefined
    }),

  used: (times) =>
    db.transaction().execute(async (trx) => {
      for (const { id, at } of times)
        await trx.updateTable('bot_tokens').set({ used_at: at }).where('id', '=', id).execute()
    }),
})

const words = (list: string): string[] => list.split(' ').filter((word) => word !== '')
