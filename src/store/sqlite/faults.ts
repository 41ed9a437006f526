import { StoreError, StoreFullError } from '../store.js'
import type { Fault } from './messages.js'

/** What SQLite itself said. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** Extended result code, https://sqlite.org/rescode.html */
  readonly code: number

  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }

  /** The primary result code. */
  get primary(): number {
    return this.code & 0xff
  }
}

/** Primary result codes that the store tells apart. */
export const Code = { readOnly: 8, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const

/**
 * SQLite's own sentences for these codes (sqlite3_errstr): the library for Node 20 leaves the code away
 * where rows are asked for.
 */
const SENTENCES: Record<string, number> = {
  'attempt to write a readonly database': Code.readOnly,
  'database disk image is malformed': Code.corrupt,
  'database or disk is full': Code.full,
  'unable to open database file': Code.cantOpen,
  'file is not a database': Code.notADatabase,
}

/** The error of the contract for a fault that the worker reports. */
export function storeError({ message, code = SENTENCES[message] ?? 0 }: Fault): StoreError {
  const cause = new SqliteError(message, code)
  const full = cause.primary === Code.full || cause.primary === Code.readOnly
  return full ? new StoreFullError(message, { cause }) : new StoreError(message, { cause })
}

/**
 * Did fsync fail? Then the kernel may have dropped what it could not write, and a second fsync would
 * succeed without it: this connection must never acknowledge anything again.
 */
export const isFailedSync = (error: StoreError): boolean =>
  error.cause instanceof SqliteError && FAILED_SYNC.has(error.cause.code)

/** SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC. */
const FAILED_SYNC = new Set([1034, 1290])
