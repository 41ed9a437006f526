import { randomBytes } from 'node:crypto'
import type { Db } from './schema.js'

/** What tells this data from every other, made at the first start. */
export interface Identity {
  epoch: string
  serverId: string
}

/** Reads the data's identity; makes it the first time. */
export const identity = async (db: Db): Promise<Identity> => ({
  epoch: await ensure(db, 'epoch', () => randomBytes(8).toString('hex')),
  serverId: await ensure(db, 'server_id', () => randomBytes(3).toString('hex')),
})

/** Notes the start: a write that shows, before anybody waits for one, whether the disk takes it. */
export async function noteStart(db: Db, now: number): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: 'started_at', value: String(now) })
    .onConflict((c) => c.column('name').doUpdateSet({ value: String(now) }))
    .execute()
}

async function ensure(db: Db, name: string, make: () => string): Promise<string> {
  await db
    .insertInto('meta')
    .values({ name, value: make() })
    .onConflict((c) => c.column('name').doNothing())
    .execute()
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}
