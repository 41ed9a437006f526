import type { RoomRow } from './rooms.js'

export interface NewInvite {
  roomId: number
  /** The token itself is not kept. */
  tokenHash: string
  by: number
  at: number
  expiresAt?: number
  uses?: number
}

export interface InviteRow {
  id: number
  by: number
  at: number
  expiresAt?: number
  uses?: number
  used: number
}

export interface InviteStore {
  make(invite: NewInvite): Promise<InviteRow>
  /** The invites of a room that still open its door, newest first. */
  open(roomId: number, now: number): Promise<InviteRow[]>
  /** What a token that still opens something leads to, and who made it; nothing is spent. */
  look(tokenHash: string, now: number): Promise<{ room: RoomRow; by?: string } | undefined>
  /** @returns `unknown`: it is none of this room's; `before`: it was revoked already. */
  revoke(roomId: number, id: number, now: number): Promise<'now' | 'before' | 'unknown'>
  /**
   * Lets somebody in who shows a token, in one transaction: who is in the room already spends nothing of it.
   * @param mayCome Asked once the room is known: who may not come in spends nothing of it either.
   * @returns the room; undefined: the token opens nothing (any more), or they may not come.
   */
  use(
    tokenHash: string,
    userId: number,
    now: number,
    mayCome?: (room: RoomRow) => boolean,
  ): Promise<RoomRow | undefined>
}
