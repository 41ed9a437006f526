import type { FormValues, User } from '../protocol.js'
import { member } from './member.js'
import type { Db } from './schema.js'
import type { RoomRow } from './store.js'

/** More than these no bot reads at once. */
const MOST = 1_000

/** What people wrote into the form of a message, the first first. */
export async function formsOf(
  db: Db,
  room: RoomRow,
  message: number,
): Promise<{ user: User; values: FormValues }[]> {
  const rows = await db
    .selectFrom('answers')
    .innerJoin('users', 'users.id', 'answers.user_id')
    .select(['users.id', 'users.name', 'users.imageid', 'answers.form'])
    .where('answers.room_id', '=', room.id)
    .where('answers.message', '=', message)
    .where('answers.form', 'is not', null)
    .orderBy('answers.seq')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ user: member(row), values: JSON.parse(row.form ?? '{}') }))
}
