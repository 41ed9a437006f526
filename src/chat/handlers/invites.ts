import { randomBytes } from 'node:crypto'
import { ChatError } from '../../errors.js'
import type { InviteRow } from '../../store/store.js'
import { ack } from '../answers.js'
import { hashToken } from '../doors.js'
import type { RoomHandler } from '../pipeline.js'

/** 128 bits. */
const TOKEN_BYTES = 16
/** Invites of a room that are open at a time. */
const OPEN_INVITES = 100

/** Makes a link that lets people in. Its token is told here and never again: only a hash of it is kept. */
export const invite: RoomHandler<'invite'> = async (
  { frame, room, connection },
  { invites, clock },
) => {
  const { cid, ms, uses } = frame
  const at = clock.now()
  const open = await invites.open(room.id, at)
  if (open.length >= OPEN_INVITES) {
    throw new ChatError('too_many', { values: { limit: OPEN_INVITES } })
  }
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const made = await invites.make({
    roomId: room.id,
    tokenHash: hashToken(token),
    by: connection.user.id,
    at,
    ...(ms !== undefined && { expiresAt: at + ms }),
    ...(uses !== undefined && { uses }),
  })
  const url = `${connection.origin()}/i/${token}`
  connection.send(ack(cid, { room: room.name, invite: { ...shown(made), url } }))
}

/** The invites that still let somebody in, newest first. */
export const invites: RoomHandler<'invites'> = async (
  { frame, room, connection },
  { invites, clock },
) => {
  const open = await invites.open(room.id, clock.now())
  connection.send(ack(frame.cid, { room: room.name, invites: open.map(shown) }))
}

/** Ends an invite; who came by it stays. */
export const revoke: RoomHandler<'revoke'> = async (
  { frame, room, connection },
  { invites, clock },
) => {
  const { cid, invite } = frame
  const status = await invites.revoke(room.id, invite, clock.now())
  if (status === 'unknown') throw new ChatError('no_such_invite')
  connection.send(ack(cid, { room: room.name, invite, ...(status === 'before' && { dup: true }) }))
}

const shown = ({ id, by, at, expiresAt, uses, used }: InviteRow): object => ({
  id,
  by,
  at,
  used,
  ...(expiresAt !== undefined && { expires_at: expiresAt }),
  ...(uses !== undefined && { uses }),
})
