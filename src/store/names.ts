import type { Db } from './schema.js'
import type { Hold } from './store.js'

/** Users whose names are held now: by a session that is valid and was seen of late. */
export const holders = (db: Db, { heldSince, bornSince }: Hold) =>
  db
    .selectFrom('users')
    .innerJoin('sessions', 'sessions.user_id', 'users.id')
    .where('sessions.revoked', '=', 0)
    .where('sessions.seen', '>=', heldSince)
    .where('sessions.born', '>=', bornSince)

/** Does somebody else hold a name that looks like this one? */
export async function isTaken(
  db: Db,
  skeleton: string,
  hold: Hold,
  userId: number | undefined,
): Promise<boolean> {
  const somebody = await holders(db, hold)
    .select('users.id')
    .where('users.skeleton', '=', skeleton)
    .where('users.id', '!=', userId ?? 0) // no person has the id 0
    .limit(1)
    .executeTakeFirst()
  return somebody !== undefined
}
