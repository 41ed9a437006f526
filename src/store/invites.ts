import type { ExpressionBuilder, Selectable } from 'kysely'
import { putPeople } from './room-people.js'
import { roomColumns, roomOf } from './room-row.js'
import type { Db, InvitesTable, Schema } from './schema.js'
import type { InviteRow, InviteStore, RoomRow } from './store.js'

/** Links that let people in. */
export const inviteStore = (db: Db): InviteStore => ({
  async make({ roomId, tokenHash, by, at, expiresAt, uses }) {
    const row = await db
      .insertInto('invites')
      .values({
        room_id: roomId,
        token_hash: tokenHash,
        made_by: by,
        made_at: at,
        expires_at: expiresAt ?? null,
        uses: uses ?? null,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return inviteOf(row)
  },

  async open(roomId, now) {
    const rows = await db
      .selectFrom('invites')
      .selectAll()
      .where('room_id', '=', roomId)
      .where(isOpen(now))
      .orderBy('id', 'desc')
      .execute()
    return rows.map(inviteOf)
  },

  async look(tokenHash, now) {
    const row = await db
      .selectFrom('invites')
      .innerJoin('rooms', 'rooms.id', 'invites.room_id')
      .leftJoin('users', 'users.id', 'invites.made_by')
      .select(roomColumns)
      .select('users.name as made_by_name')
      .where('token_hash', '=', tokenHash)
      .where(isOpen(now))
      .executeTakeFirst()
    if (!row) return undefined
    const { made_by_name: by, ...room } = row
    return { room: roomOf(room), ...(by !== null && { by }) }
  },

  async revoke(roomId, id, now) {
    const { numUpdatedRows } = await db
      .updateTable('invites')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('room_id', '=', roomId)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows > 0n) return 'now'
    const known = await db
      .selectFrom('invites')
      .select('id')
      .where('id', '=', id)
      .where('room_id', '=', roomId)
      .executeTakeFirst()
    return known ? 'before' : 'unknown'
  },

  async use(tokenHash, userId, now, mayCome = () => true) {
    const room = await roomBehind(db, tokenHash)
    if (!room || !mayCome(room)) return undefined
    try {
      await db.transaction().execute(async (trx) => {
        const entering = { userId, roomId: room.id, at: now, read: room.seq }
        const came = await putPeople(trx, [entering], 'in', true)
        if (came > 0) await spend(trx, tokenHash, now)
      })
      return room
    } catch (error) {
      if (error instanceof Closed) return undefined
      throw error
    }
  },
})

/** The invite opens nothing any more: who was let in by it in this transaction was not. */
class Closed extends Error {
  override readonly name = 'Closed'
}

async function roomBehind(db: Db, tokenHash: string): Promise<RoomRow | undefined> {
  const row = await db
    .selectFrom('invites')
    .innerJoin('rooms', 'rooms.id', 'invites.room_id')
    .select(roomColumns)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row && roomOf(row)
}

/** Looks and counts in one statement: of two who come with the last use, one is let in. */
async function spend(db: Db, tokenHash: string, now: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('invites')
    .set((e) => ({ used: e('used', '+', 1) }))
    .where('token_hash', '=', tokenHash)
    .where(isOpen(now))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new Closed()
}

const isOpen = (now: number) => (e: ExpressionBuilder<Schema, 'invites'>) =>
  e.and([
    e('revoked_at', 'is', null),
    e.or([e('expires_at', 'is', null), e('expires_at', '>', now)]),
    e.or([e('uses', 'is', null), e('used', '<', e.ref('uses'))]),
  ])

const inviteOf = (row: Selectable<InvitesTable>): InviteRow => ({
  id: row.id,
  by: row.made_by,
  at: row.made_at,
  used: row.used,
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.uses !== null && { uses: row.uses }),
})
