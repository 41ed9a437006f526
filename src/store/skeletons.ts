import type { Db } from './schema.js'
import type { SkeletonRule } from './store.js'

/** Rows that are read at once. */
const PAGE = 1_000

/**
 * Makes the skeletons anew, if they were made by another rule than this. What a ban by name holds is one itself: the
 * name behind it is not kept, and a skeleton has the skeleton that its name has.
 */
export const renewSkeletons = (db: Db, { rule, skeleton }: SkeletonRule): Promise<void> =>
  db.transaction().execute(async (trx) => {
    if ((await ruleOf(trx)) === rule) return
    await renewUsers(trx, skeleton)
    await renewBans(trx, skeleton)
    await trx
      .insertInto('meta')
      .values({ name: RULE, value: rule })
      .onConflict((c) => c.column('name').doUpdateSet({ value: rule }))
      .execute()
  })

const RULE = 'skeletons'

async function ruleOf(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', RULE)
    .executeTakeFirst()
  return row?.value
}

async function renewUsers(db: Db, renewed: (name: string) => string): Promise<void> {
  for (let after = 0, more = true; more;) {
    const users = await db
      .selectFrom('users')
      .select(['id', 'name', 'skeleton'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, name, skeleton: old } of users) {
      const skeleton = renewed(name)
      if (skeleton !== old)
        await db.updateTable('users').set({ skeleton }).where('id', '=', id).execute()
    }
    after = users.at(-1)?.id ?? after
    more = users.length === PAGE
  }
}

async function renewBans(db: Db, renewed: (skeleton: string) => string): Promise<void> {
  const bans = await db
    .selectFrom('sanction_targets')
    .select('value')
    .distinct()
    .where('target', '=', 'name')
    .execute()
  for (const { value: old } of bans) {
    await db
      .updateTable('sanction_targets')
      .set({ value: renewed(old) })
      .where('target', '=', 'name')
      .where('value', '=', old)
      .execute()
  }
}
