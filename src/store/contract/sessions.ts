import type { User } from '../../protocol.js'

/** Whose session it is, and in which browser it began. */
export interface Holder extends User {
  device?: string
}

export interface SessionStore {
  /** The user of a session that is neither revoked nor past idle and absolute age; marks it as seen. */
  check(sidHash: string, limits: SessionLimits): Promise<Holder | undefined>
  /** Which of these sessions are still valid; marks them as seen. One query, for the sockets' minute. */
  checkAll(sidHashes: readonly string[], limits: SessionLimits): Promise<Set<string>>
  /** Has one of these users a session that is still valid? */
  anyOf(userIds: readonly number[], limits: SessionLimits): Promise<boolean>
  revoke(sidHash: string): Promise<void>
  /** Ends every session of a user. */
  revokeAll(userId: number): Promise<void>
  /** Hashes of the browsers that this user was in, for as long as their sessions are kept. */
  devicesOf(userId: number): Promise<string[]>
  /** Deletes rows that can never be valid again; returns how many. */
  sweep(limits: SessionLimits): Promise<number>
}

export interface SessionLimits {
  now: number
  /** Not seen since this time: over. */
  seenSince: number
  /** Begun before this time: over. */
  bornSince: number
}
