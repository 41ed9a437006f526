import type { RoomKind, RoomSettings, User } from '../../protocol.js'

export interface RoomRow {
  id: number
  name: string
  /** Number of the last event; 0: none yet. */
  seq: number
  /** `at` of the last event, or of the room's making. */
  at: number
  /** Lowest number still stored; 1 as long as nothing was cleared. */
  floor: number
  /** Who made it and is a moderator of it; null: the server. */
  madeBy: number | null
  settings: RoomSettings
  /** Of a direct room: ids of its two members. */
  two?: readonly number[]
  /** What a passcode is held against; null: none is asked for. Never leaves the server. */
  passcodeHash: string | null
}

/** How a room is kept from its first moment on. */
export type FreshRoom = Pick<RoomSettings, 'slow_ms' | 'approval' | 'unlisted' | 'math'>

/** What its maker wants of it. */
export interface Beginning {
  title: string
  topic?: string
  unlisted?: boolean
  passcodeHash?: string
}

export interface NewRoom extends Beginning {
  name: string
  at: number
  /** Who makes it, by id; absent: the server. */
  by?: number
  kept?: FreshRoom
}

export interface RoomStore {
  /** Makes the room unless it exists; either way its row. */
  ensure(room: NewRoom): Promise<RoomRow>
  byName(name: string): Promise<RoomRow | undefined>
  all(): Promise<RoomRow[]>
  /** People who belong to a room, the newest first; as many as can be of use to find a name. */
  known(roomId: number): Promise<User[]>
  /** Ids of people who belong to a room and whose session was in use since a time. */
  lately(roomId: number, since: number): Promise<number[]>
  /** How many rooms of a kind this user made since a time. */
  madeSince(userId: number, since: number, kind: RoomKind): Promise<number>
  /** The room of these two, if there is one. */
  between(a: number, b: number): Promise<RoomRow | undefined>
  /** The room of these two, made if there is none; both are in it. */
  direct(room: { name: string; at: number; by: number; to: number }): Promise<RoomRow>
  /** Changes how a room is kept; undefined: there is no such room. */
  set(roomId: number, change: RoomChange): Promise<RoomRow | undefined>
}

/** What is given is changed. */
export type RoomChange = Partial<Omit<RoomSettings, 'kind' | 'topic' | 'passcode'>> & {
  passcodeHash?: string | null
}
