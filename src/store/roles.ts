import type { Role } from '../protocol.js'
import { note } from './audit.js'
import type { Db } from './schema.js'
import type { RoleStore } from './store.js'

/** Who is host or moderator everywhere, and the links that make a host. */
export const roleStore = (db: Db): RoleStore => ({
  all: () => db.selectFrom('roles').select(['user_id as userId', 'role']).execute(),

  set: (userId, role, entry) =>
    db.transaction().execute(async (trx) => {
      await set(trx, userId, role, entry.at)
      await note(trx, entry)
    }),

  async addLink(hash, expiresAt, now) {
    await db.deleteFrom('host_links').where('expires_at', '<=', now).execute()
    await db.insertInto('host_links').values({ hash, expires_at: expiresAt }).execute()
  },

  claimLink: (hash, userId, entry) =>
    db.transaction().execute(async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('host_links')
        .where('hash', '=', hash)
        .where('expires_at', '>', entry.at)
        .executeTakeFirstOrThrow()
      if (numDeletedRows === 0n) return false
      await set(trx, userId, 'host', entry.at)
      await note(trx, entry)
      return true
    }),
})

async function set(db: Db, userId: number, role: Role | undefined, at: number): Promise<void> {
  if (!role) {
    await db.deleteFrom('roles').where('user_id', '=', userId).execute()
    return
  }
  await db
    .insertInto('roles')
    .values({ user_id: userId, role, at })
    .onConflict((c) => c.column('user_id').doUpdateSet({ role, at }))
    .execute()
}
