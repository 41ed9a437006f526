import type { CompiledQuery } from 'kysely'
import type { NumberedType } from '../../protocol.js'
import type { Outcome, Told } from '../store.js'
import type { Writing, Written } from '../written.js'
import type { Unindexed } from './take-up.js'

/**
 * What goes between the store and the worker that holds the connection: few, flat values, because each
 * message is cloned.
 */

/** How the worker opens the file. */
export interface Settings {
  /** Absolute path. */
  file: string
  /** The file may have this many pages of 4 KiB; absent: as many as the disk holds. */
  maxPages?: number
  /** A connection that only reads, beside the one that writes. */
  readOnly?: boolean
}

/**
 * An event without a number. `received` null: the same as `data`. `extra`: JSON. `hasEffect`: it answers, calls
 * or changes something (effects/); a plain line does not, and is not looked at any further.
 */
export type DraftRow = [
  roomId: number,
  type: NumberedType,
  userId: number,
  userName: string,
  userImageid: string,
  cid: string,
  data: string,
  received: string | null,
  extra: string | null,
  hasEffect: boolean,
]

/** `seq` and `at` are 0 where the status has none. */
export type OutcomeRow = [status: Outcome['status'], seq: number, at: number, told?: Told]

export type Question = Pick<CompiledQuery, 'sql' | 'parameters'>

export type Job =
  | [kind: 'open', how: Settings]
  /** A statement that gives rows. */
  | [kind: 'rows', sql: string, parameters: readonly unknown[]]
  /** Statements that give rows, all of one moment. */
  | [kind: 'moment', questions: readonly Question[]]
  /** A statement that gives rows of events, to be written as a page. */
  | [kind: 'page', sql: string, parameters: readonly unknown[], how: Writing]
  /** A statement of which only the number of changed rows matters. */
  | [kind: 'run', sql: string, parameters: readonly unknown[]]
  | [kind: 'append', now: number, drafts: readonly DraftRow[]]
  /** Indexes so many of the messages that wait for it. */
  | [kind: 'takeUp', which: Unindexed, count: number]
  | [kind: 'rollback']
  | [kind: 'close']

export type Request = [id: number, ...job: Job]

/** Answers a request. */
export interface Reply {
  id: number
  fault?: Fault
  /** Who asked knows of what type. */
  rows?: never[]
  /** Of each question. */
  moment?: never[][]
  page?: Written
  changes?: number
  outcomes?: OutcomeRow[]
}

export interface Fault {
  message: string
  /** SQLite's extended result code; absent: not SQLite's. */
  code?: number
}
