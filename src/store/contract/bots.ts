import type { BotPolicy, User, Volume } from '../../protocol.js'
import type { AuditEntry } from './order.js'

/** Whose values, and of which room. */
export interface KeptBy {
  botId: number
  roomId: number
}

/** What bots keep: a text under a key, for each bot and room. */
export interface BotStore {
  get(by: KeptBy, key: string): Promise<string | undefined>
  /** @returns whether there was room for it: at most so many keys, and bytes of keys and values together. */
  set(
    by: KeptBy,
    key: string,
    value: string,
    limits: { keys: number; bytes: number },
  ): Promise<boolean>
  /** @returns whether there was something. */
  delete(by: KeptBy, key: string): Promise<boolean>
  /** Those whose key begins so, in the order of their keys. */
  list(by: KeptBy, prefix: string): Promise<{ key: string; value: string }[]>
  /** Names of the rooms in which a bot keeps something. */
  rooms(botId: number): Promise<string[]>
}

/** What a room lets a bot do. */
export interface RoomPolicy {
  roomId: number
  botId: number
  policy: BotPolicy
}

/** What people let bots do: moderators in a room, and everybody for themselves. */
export interface PowerStore {
  /** Everything that moderators have set. */
  policies(): Promise<RoomPolicy[]>
  setPolicy(policy: RoomPolicy): Promise<void>
  /** The bots of which a person does not want to see everything. */
  volumes(userId: number): Promise<{ bot: number; level: Volume }[]>
  setVolume(userId: number, bot: number, level: Volume): Promise<void>
}

/** Whole numbers for stretches of rooms' messages. */
export interface NumberStore {
  stretches(): Promise<{ id: number; roomId: number; stretch: number }[]>
  /** @returns its number, which it keeps. */
  add(roomId: number, stretch: number): Promise<number>
}

/** What a program elsewhere is let in by, as a bot. */
export interface BotToken {
  id: number
  /** Of the token itself, which only its holder knows. */
  hash: string
  bot: User
  scopes: readonly string[]
  /** Names; none: every room that is open to all. */
  rooms: readonly string[]
  madeAt: number
  expiresAt?: number
  usedAt?: number
}

export interface TokenStore {
  /** Those that were not revoked, expired ones as well; the oldest first. */
  all(): Promise<BotToken[]>
  /** Keeps a token, and that it was made. @returns its id. */
  add(token: Omit<BotToken, 'id'>, entry: AuditEntry): Promise<number>
  /** Ends a token for good, and keeps that it was done. @returns false: it had ended, or there was none. */
  revoke(id: number, at: number, entry: AuditEntry): Promise<boolean>
  used(times: readonly { id: number; at: number }[]): Promise<void>
}
