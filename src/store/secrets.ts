import type { Db } from './schema.js'
import type { SecretStore } from './store.js'

/**
 * Keys that the server made for itself. Of two that make the same one at once, both get the one that
 * was first.
 * @param now The clock, in ms since 1970 UTC.
 */
export const secretStore = (db: Db, now: () => number): SecretStore => ({
  async ensure(name, make) {
    const kept = await find(db, name)
    if (kept !== undefined) return kept
    const value = make()
    await db
      .insertInto('secrets')
      .values({ name, value, made_at: now() })
      .onConflict((c) => c.column('name').doNothing())
      .execute()
    return (await find(db, name)) ?? value
  },
})

async function find(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}
