import type { User } from '../protocol.js'
import { member } from './member.js'
import type { Db } from './schema.js'

/**
 * The bot of this name, with this face from now on. A new one gets 0 if it is the first of the
 * configuration and nobody has it, else −1, −2 … Rows stay for ever, so that no id is given twice.
 */
export async function bot(db: Db, name: string, imageid: string, first: boolean): Promise<User> {
  const known = await db
    .updateTable('bots')
    .set({ imageid })
    .where('name', '=', name)
    .returning(['id', 'name', 'imageid'])
    .executeTakeFirst()
  if (known) return member(known)

  const id = await freeId(db, first)
  await db.insertInto('bots').values({ id, name, imageid }).execute()
  return member({ id, name, imageid })
}

/** The bot with this id, zero or negative. */
export async function botById(db: Db, id: number): Promise<User | undefined> {
  const row = await db
    .selectFrom('bots')
    .select(['id', 'name', 'imageid'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && member(row)
}

async function freeId(db: Db, first: boolean): Promise<number> {
  const rows = await db.selectFrom('bots').select('id').orderBy('id').execute()
  if (first && !rows.some(({ id }) => id === 0)) return 0
  return (rows[0]?.id ?? 0) - 1
}
