import type { RawBuilder } from 'kysely'
import { member } from './member.js'
import { listed, prepared } from './prepared.js'
import type { Db } from './schema.js'
import { StoreFullError, type SessionLimits, type SessionStore } from './store.js'
import { together } from './together.js'

/** A session is marked as seen when the last mark is older than this, in ms: a check is mostly one read. */
const SEEN_EVERY = 60_000
/** Sids in one question. */
const AT_ONCE = 500

/** Who is signed in. Only hashes of sids are kept. */
export const sessionStore = (db: Db): SessionStore => ({
  check: checks(db),

  async checkAll(sidHashes, limits) {
    const found = new Set<string>()
    for (let from = 0; from < sidHashes.length; from += AT_ONCE) {
      const asked = sidHashes.slice(from, from + AT_ONCE)
      const rows = await valid(db, limits)
        .select(['sessions.sid_hash', 'sessions.seen'])
        .where('sessions.sid_hash', 'in', asked)
        .execute()
      for (const { sid_hash } of rows) found.add(sid_hash)
      await markSeen(db, unmarked(rows, limits), limits.now)
    }
    return found
  },

  async anyOf(userIds, limits) {
    if (userIds.length === 0) return false
    const row = await valid(db, limits)
      .select('sessions.user_id')
      .where('sessions.user_id', 'in', [...userIds])
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },

  revoke: (sidHash) => revoke(db, sidHash),

  async revokeAll(userId) {
    await db.updateTable('sessions').set({ revoked: 1 }).where('user_id', '=', userId).execute()
  },

  async devicesOf(userId) {
    const rows = await db
      .selectFrom('sessions')
      .select('device')
      .distinct()
      .where('user_id', '=', userId)
      .where('device', 'is not', null)
      .execute()
    return rows.flatMap(({ device }) => device ?? [])
  },

  async sweep({ seenSince, bornSince }) {
    const { numDeletedRows } = await db
      .deleteFrom('sessions')
      .where((e) =>
        e.or([e('revoked', '=', 1), e('seen', '<', seenSince), e('born', '<', bornSince)]),
      )
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  },
})

function checks(db: Db): SessionStore['check'] {
  interface Asked {
    sidHash: string
    limits: SessionLimits
  }
  const ask = together(async (asked: readonly Asked[]) => {
    // They differ by no more than a turn of the loop: the strictest holds for all.
    const { limits } = asked.reduce((a, b) => (b.limits.now > a.limits.now ? b : a))
    const sids = JSON.stringify(asked.map(({ sidHash }) => sidHash))
    const { rows } = await db.executeQuery(held(db, sids, limits.seenSince, limits.bornSince))
    await markSeen(db, unmarked(rows, limits), limits.now)
    const bySid = new Map(rows.map((row) => [row.sid_hash, row]))
    return ({ sidHash }: Asked) => {
      const row = bySid.get(sidHash)
      return row && { ...member(row), ...(row.device !== null && { device: row.device }) }
    }
  })
  return (sidHash, limits) => ask({ sidHash, limits })
}

/** Whose these sids are, as far as they are good. */
const held = prepared(
  (
    db: Db,
    sids: RawBuilder<string>,
    seenSince: RawBuilder<number>,
    bornSince: RawBuilder<number>,
  ) =>
    valid(db, { seenSince, bornSince })
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.name', 'users.imageid'])
      .select(['sessions.sid_hash', 'sessions.seen', 'sessions.device'])
      .where('sessions.sid_hash', 'in', listed<string>(sids)),
)

const unmarked = (rows: readonly { sid_hash: string; seen: number }[], { now }: SessionLimits) =>
  rows.filter(({ seen }) => seen < now - SEEN_EVERY).map(({ sid_hash }) => sid_hash)

/** Begins a session of this user. */
export async function addSession(
  db: Db,
  userId: number,
  { sidHash, now, device = null }: { sidHash: string; now: number; device?: string | null },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ sid_hash: sidHash, user_id: userId, born: now, seen: now, device })
    .execute()
}

/** Ends a session for good. */
export async function revoke(db: Db, sidHash: string): Promise<void> {
  await db.updateTable('sessions').set({ revoked: 1 }).where('sid_hash', '=', sidHash).execute()
}

interface Since {
  seenSince: number | RawBuilder<number>
  bornSince: number | RawBuilder<number>
}

/** Sessions that are good at this time. */
export const valid = (db: Db, { seenSince, bornSince }: Since) =>
  db
    .selectFrom('sessions')
    .where('sessions.revoked', '=', 0)
    .where('sessions.seen', '>=', seenSince)
    .where('sessions.born', '>=', bornSince)

async function markSeen(db: Db, sidHashes: string[], now: number): Promise<void> {
  if (sidHashes.length === 0) return
  try {
    await db
      .updateTable('sessions')
      .set({ seen: now })
      .where('sid_hash', 'in', sidHashes)
      .where('seen', '<', now)
      .execute()
  } catch (error) {
    // A full disk must not sign people out: they go on reading.
    if (!(error instanceof StoreFullError)) throw error
  }
}
