import type { Draft, Outcome } from './contract/drafts.js'
import type { RoomStore } from './contract/rooms.js'
import type { PeopleStore, ReadStore } from './contract/room-people.js'
import type { InviteStore } from './contract/invites.js'
import type { EventStore } from './contract/events.js'
import type { SearchStore } from './contract/search.js'
import type { UserStore } from './contract/users.js'
import type { SessionStore } from './contract/sessions.js'
import type { RoleStore, SanctionStore, AuditStore, ReportStore } from './contract/order.js'
import type { BotStore, PowerStore, NumberStore, TokenStore } from './contract/bots.js'

export type { Has } from './search/document.js'
export type * from './contract/drafts.js'
export type * from './contract/rooms.js'
export * from './contract/room-people.js'
export type * from './contract/invites.js'
export type * from './contract/events.js'
export type * from './contract/search.js'
export type * from './contract/users.js'
export type * from './contract/sessions.js'
export type * from './contract/order.js'
export type * from './contract/bots.js'
export * from './contract/errors.js'

/**
 * What the chat, the web and the people need from a store. SQLite's and (later) PostgreSQL's
 * implementation run the same contract suite: `__tests__/store/contract.ts`.
 * All times are integer milliseconds since 1970 UTC.
 */
export interface Store {
  /** Random at creation of the data, new after a restore: numbers of another epoch mean nothing here. */
  readonly epoch: string
  /** Random hex digits at creation: tells apart servers on one host (cookies do not separate ports). */
  readonly serverId: string

  /**
   * Stores events in one transaction, in the order given, each under its room's row (I2), once (I3).
   * What an event does to earlier ones (an edit, a recall …) is done in the same transaction.
   * Returns after COMMIT with fsync (I1), one outcome a draft, in order.
   * @param now `at` of the new events, or the room's last `at` if that is later.
   * @throws {StoreFullError} nothing was stored: no space left, or a read-only disk.
   * @throws {StoreError} nothing was acknowledged; after a failed fsync the disk alone knows what it kept.
   */
  append(drafts: readonly Draft[], now: number): Promise<readonly Outcome[]>

  rooms: RoomStore
  people: PeopleStore
  invites: InviteStore
  events: EventStore
  search: SearchStore
  users: UserStore
  sessions: SessionStore
  reads: ReadStore
  secrets: SecretStore
  roles: RoleStore
  sanctions: SanctionStore
  audit: AuditStore
  reports: ReportStore

  botStore: BotStore
  power: PowerStore
  numbers: NumberStore
  tokens: TokenStore

  /** How many requests its threads have not answered. */
  waiting(): number
  /** Throws when the store does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface SecretStore {
  /** The secret of this name, made by `make` at the first call ever. */
  ensure(name: string, make: () => string): Promise<string>
}
