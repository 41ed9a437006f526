import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.js'
import { ChatError } from '../../errors.js'
import type { InviteRow, InviteStore } from '../../store/store.js'

/** 128 bits. */
const TOKEN_BYTES = 16
/** Invites of a room that are open at a time. */
const OPEN_INVITES = 100

export interface Inviting {
  roomId: number
  /** Who makes it, by id; 0: the command line. */
  by: number
  /** How long it lets people in, in milliseconds; absent: until it is revoked. */
  ms?: number | undefined
  /** How many it lets in; absent: any number. */
  uses?: number | undefined
}

/**
 * Makes an invite. Its token is told here and never again: only a hash of it is kept.
 * @throws {ChatError} `too_many` are open.
 */
export async function makeInvite(
  { invites, clock }: { invites: InviteStore; clock: Clock },
  { roomId, by, ms, uses }: Inviting,
): Promise<{ made: InviteRow; token: string }> {
  const at = clock.now()
  const open = await invites.open(roomId, at)
  if (open.length >= OPEN_INVITES) {
    throw new ChatError('too_many', { values: { limit: OPEN_INVITES } })
  }
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const made = await invites.make({
    roomId,
    tokenHash: hashToken(token),
    by,
    at,
    ...(ms !== undefined && { expiresAt: at + ms }),
    ...(uses !== undefined && { uses }),
  })
  return { made, token }
}

/** An invite as moderators see it. */
export const inviteView = ({ id, by, at, expiresAt, uses, used }: InviteRow) => ({
  id,
  by,
  at,
  used,
  ...(expiresAt !== undefined && { expires_at: expiresAt }),
  ...(uses !== undefined && { uses }),
})

/** What is kept of an invite's token. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')
