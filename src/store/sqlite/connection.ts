import { prepareAppend, rollback, type Append } from './append.js'
import { openDatabase, type Database, type Statement } from './driver.js'
import type { DraftRow, OutcomeRow, Question, Settings } from './messages.js'
import { prepareSearchIndex } from './search-index.js'
import { prepareTakeUp, type TakeUp, type Unindexed } from './take-up.js'

/** Kept ready to run again; Kysely makes a few dozen different statements. */
const STATEMENTS = 200

/** A connection to the file, in its worker. */
export class Connection {
  readonly #db: Database
  readonly #statements = new Map<string, Statement>()
  readonly #readOnly: boolean
  #append: Append | undefined
  #takeUp: TakeUp | undefined

  /** @throws what SQLite throws: not a database, no access, read-only … */
  constructor({ file, maxPages, readOnly = false }: Settings) {
    this.#db = openDatabase(file, readOnly)
    this.#readOnly = readOnly
    this.#db.exec('pragma busy_timeout = 5000')
    if (readOnly) return
    this.#db.exec('pragma journal_mode = WAL')
    // Said explicitly: a build may fall back to NORMAL with its first write, and then a committed line can vanish.
    this.#db.exec('pragma synchronous = FULL')
    this.#db.exec('pragma foreign_keys = ON')
    // What is recalled is gone from the file as well: freed bytes are overwritten.
    this.#db.exec('pragma secure_delete = ON')
    if (maxPages) this.#db.exec(`pragma max_page_count = ${maxPages}`)
  }

  rows(sql: string, parameters: readonly unknown[]): never[] {
    return this.#statement(sql).all(...parameters) as never[]
  }

  /** The rows of each of these, all as they were at one moment. */
  moment(questions: readonly Question[]): never[][] {
    this.#db.exec('begin')
    try {
      return questions.map(({ sql, parameters }) => this.rows(sql, parameters))
    } finally {
      this.rollback() // nothing was written
    }
  }

  /** Returns the number of changed rows. */
  run(sql: string, parameters: readonly unknown[]): number {
    return this.#statement(sql).run(...parameters).changes
  }

  append(now: number, drafts: readonly DraftRow[]): OutcomeRow[] {
    this.#append ??= prepareAppend(this.#db, prepareSearchIndex(this.#db)) // its tables exist once the migrations ran
    return this.#append(now, drafts)
  }

  takeUp(which: Unindexed, count: number): number {
    this.#takeUp ??= prepareTakeUp(this.#db, prepareSearchIndex(this.#db))
    return this.#takeUp(which, count)
  }

  rollback(): void {
    rollback(this.#db)
  }

  /** Moves the write-ahead log into the file, so that one file is the whole store. */
  close(): void {
    try {
      if (!this.#readOnly) this.#db.exec('pragma wal_checkpoint(TRUNCATE)')
    } catch {
      // No space for it: the log stays beside the file with all that was committed, and the next start reads it.
    } finally {
      this.#db.close()
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS) this.#statements.clear()
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
