import type { Db } from './schema.js'
import type { RoleStore } from './store.js'

/** Who is host or moderator everywhere. */
export const roleStore = (db: Db): RoleStore => ({
  all: () => db.selectFrom('roles').select(['user_id as userId', 'role']).execute(),

  async set(userId, role, at) {
    if (!role) {
      await db.deleteFrom('roles').where('user_id', '=', userId).execute()
      return
    }
    await db
      .insertInto('roles')
      .values({ user_id: userId, role, at })
      .onConflict((c) => c.column('user_id').doUpdateSet({ role, at }))
      .execute()
  },
})
