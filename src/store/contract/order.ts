import type { Role } from '../../protocol.js'

/** Roles that hold everywhere. Who made a room has theirs by {@link RoomRow.madeBy}. */
export interface RoleStore {
  all(): Promise<{ userId: number; role: Role }[]>
  /** Gives a role, another one, or none any more. */
  set(userId: number, role: Role | undefined, entry: AuditEntry): Promise<void>
  /** Keeps the hash of a token that makes its bearer host. */
  addLink(hash: string, expiresAt: number, now: number): Promise<void>
  /** Makes the user host, if the token is there and in time; it is used up by that. Of several at once, one gets it. */
  claimLink(hash: string, userId: number, entry: AuditEntry): Promise<boolean>
}

export type SanctionKind = 'mute' | 'ban'
/** What a mute or a ban holds a person by. `device`: hash of a browser's id; `name`: a skeleton; `address`: an address, of IPv6 its /64. */
export interface SanctionTarget {
  target: 'user' | 'device' | 'name' | 'address'
  value: string
}

/** Who did it; id null: the command line. */
export interface Actor {
  id: number | null
  name: string
}

export interface NewSanction {
  kind: SanctionKind
  /** Null: everywhere. */
  roomId: number | null
  /** Whom it was meant for, under the name of then; id null: nobody in particular. */
  user: { id: number | null; name: string }
  targets: readonly SanctionTarget[]
  /** Null: for good. */
  until: number | null
  by: Actor
  at: number
}

export interface Sanction extends NewSanction {
  id: number
}

export interface SanctionStore {
  /** Those that were neither lifted nor are over, oldest first. */
  active(now: number): Promise<Sanction[]>
  /** Keeps a sanction in the place of others, and that it was done. @returns its id. */
  add(sanction: NewSanction, lifting: readonly number[], entry: AuditEntry): Promise<number>
  lift(ids: readonly number[], entry: AuditEntry): Promise<void>
}

/** What somebody with rights did: who, what, whom, where, when; never a message's text. */
export interface AuditEntry {
  at: number
  by: Actor
  action: string
  /** Null: everywhere. */
  roomId: number | null
  /** Under the name of then. */
  target: { id: number | null; name: string } | null
  details?: Readonly<Record<string, unknown>>
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>
  /** Newest first. `room` absent: of all rooms. */
  page(window: {
    room?: number
    before?: number
    limit: number
  }): Promise<(AuditEntry & { id: number })[]>
}

export interface Report {
  id: number
  roomId: number
  /** The message. */
  seq: number
  by: { id: number; name: string }
  at: number
  /** What the reporter says about it. */
  data: string
  /** Who wrote the message; absent: it is gone. */
  author?: number
  /** Who has seen to it, and when; absent: nobody yet. */
  handled?: { by: Actor; at: number }
}

export interface ReportStore {
  /** Keeps a report; another one of the same message by the same person changes nothing. @returns whether it is new. */
  add(report: Omit<Report, 'id' | 'author'>): Promise<boolean>
  byId(id: number): Promise<Report | undefined>
  /** Ids of those of a message that nobody has seen to. */
  openOf(roomId: number, seq: number): Promise<number[]>
  /** Somebody has seen to a report. @returns whether they were the first; then the entry is kept too. */
  handle(id: number, entry: AuditEntry): Promise<boolean>
  /**
   * Those that nobody has seen to yet first, of both the newest first. `room` absent: of all rooms; `reader`: who reads
   * none of their own messages.
   */
  newest(window: { room?: number; reader?: number; limit: number }): Promise<Report[]>
}
