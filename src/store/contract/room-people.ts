import type { Level, User } from '../../protocol.js'
import type { RoomRow } from './rooms.js'

/** Where a person stands in a room that they once came to: in it, before its door, or turned away. */
export type Standing = 'in' | 'waits' | 'away'

/** What is behind a room's name for one person. */
export interface Door {
  room?: RoomRow
  /** Absent: never came to it. */
  standing?: Standing
}

/** A room that a person belongs to. */
export interface OwnRoom {
  room: RoomRow
  standing: Standing
  level: Level
  /** Number up to which the person has read. */
  read: number
  /** What is unread of `room.seq`, at most {@link UNREAD_MOST}. */
  unread: number
  mentions: number
  /** Of a direct room: who else is in it. */
  peer?: User
}

/** More than this is not counted: from a hundred on, nobody is shown the difference. */
export const UNREAD_MOST = 150

export interface Entering {
  userId: number
  roomId: number
  at: number
  /** The room's last number when they came: what was said before is not unread. */
  read: number
}

/** Whose room it is. */
export interface PeopleStore {
  /** What a person finds behind a name: one question, whether there is such a room or not. */
  door(name: string, userId: number): Promise<Door>
  /**
   * Gives people a standing; an older one gives way only if `over` says so.
   * @returns how many had none, or another one, before.
   */
  put(people: readonly Entering[], standing: Standing, over?: boolean): Promise<number>
  /** They belong to it no more. */
  remove(userId: number, roomId: number): Promise<void>
  setLevel(userId: number, roomId: number, level: Level): Promise<void>
  /** Everything that a person belongs to, with what is unread, in one question. */
  of(userId: number): Promise<OwnRoom[]>
  /** What is unread after a number, and up to which number it was counted. */
  unread(
    userId: number,
    roomId: number,
    after: number,
  ): Promise<{ unread: number; mentions: number; upTo: number }>
  /** Who waits before a room's door, longest first. */
  waiting(roomId: number): Promise<User[]>
}

/** Up to which number a person has read in a room. */
export interface ReadMark {
  userId: number
  roomId: number
  seq: number
}

export interface ReadStore {
  /** Moves read marks forward; never back. */
  advance(marks: readonly ReadMark[]): Promise<void>
}
