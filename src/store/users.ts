import type { User } from '../protocol.js'
import { bot, botById } from './bots.js'
import { member } from './member.js'
import { holders, isTaken } from './names.js'
import type { Db } from './schema.js'
import { addSession, revoke, valid } from './sessions.js'
import { renewSkeletons } from './skeletons.js'
import { StoreError, type SignIn, type UserStore } from './store.js'

/** People, and who may bear which name. */
export const userStore = (db: Db): UserStore => ({
  signIn: (attempt) =>
    db.transaction().execute(async (trx) => {
      if (await isTaken(trx, attempt.skeleton, attempt, attempt.userId)) return 'taken'
      const user = await named(trx, attempt)
      if (attempt.oldSidHash) await revoke(trx, attempt.oldSidHash)
      await addSession(trx, user.id, attempt)
      return user
    }),

  rename: (userId, to, hold) =>
    db.transaction().execute(async (trx) => {
      if (await isTaken(trx, to.skeleton, hold, userId)) return 'taken'
      const renamed = await change(trx, userId, to)
      if (!renamed) throw new StoreError(`there is no user ${userId} to rename`)
      return renamed
    }),

  byId: (id) => (id > 0 ? personById(db, id) : botById(db, id)),

  async named(skeleton) {
    // Who holds it was seen last: nobody else can have come in under it since.
    const row = await db
      .selectFrom('users')
      .leftJoin('sessions', 'sessions.user_id', 'users.id')
      .select(['users.id', 'users.name', 'users.imageid'])
      .where('users.skeleton', '=', skeleton)
      .orderBy('sessions.seen', 'desc')
      .orderBy('users.id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && member(row)
  },

  async present(limits, count) {
    const rows = await valid(db, limits)
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.name', 'users.imageid'])
      .select((e) => e.fn.max('sessions.seen').as('seen'))
      .groupBy('users.id')
      .orderBy('seen', 'desc')
      .limit(count)
      .execute()
    return rows.map(({ seen, ...user }) => ({ ...member(user), seen }))
  },

  async heldSkeletons(hold) {
    const rows = await holders(db, hold).select('users.skeleton').distinct().execute()
    return new Set(rows.map(({ skeleton }) => skeleton))
  },

  renewSkeletons: (rule) => renewSkeletons(db, rule),

  bot: (name, imageid, first) => db.transaction().execute((trx) => bot(trx, name, imageid, first)),
})

/** The user that this attempt keeps, under its new name, or else a new one. */
const named = async (db: Db, attempt: SignIn): Promise<User> =>
  (attempt.userId && (await change(db, attempt.userId, attempt))) || (await add(db, attempt))

interface Face {
  name: string
  skeleton: string
  imageid?: string
}

async function change(
  db: Db,
  id: number,
  { name, skeleton, imageid }: Face,
): Promise<User | undefined> {
  const row = await db
    .updateTable('users')
    .set({ name, skeleton, ...(imageid !== undefined && { imageid }) })
    .where('id', '=', id)
    .returning(['id', 'name', 'imageid'])
    .executeTakeFirst()
  return row && member(row)
}

async function add(db: Db, { name, skeleton, imageid }: Required<Face>): Promise<User> {
  const row = await db
    .insertInto('users')
    .values({ name, skeleton, imageid })
    .returning(['id', 'name', 'imageid'])
    .executeTakeFirstOrThrow()
  return member(row)
}

async function personById(db: Db, id: number): Promise<User | undefined> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'name', 'imageid'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && member(row)
}
