import { reasonOf, sqliteCode } from '../../src/store/reason.js'
import { Connection } from '../../src/store/sqlite/connection.js'
import { storeError } from '../../src/store/sqlite/faults.js'
import type { DraftRow, OutcomeRow, Question, Settings } from '../../src/store/sqlite/messages.js'
import type { Unindexed } from '../../src/store/sqlite/take-up.js'
import { StoreError, StoreFullError } from '../../src/store/store.js'
import { writeRows, type Writing } from '../../src/store/written.js'

/** `unsaid`: a line is kept, but the answer is a fault all the same. */
export type DiskFault = 'full' | 'broken' | 'unsaid'

/**
 * The database's threads of a simulated machine: SQLite is real, but a request is done and answered when the
 * schedule says so, in two steps, and a crash between them leaves what was done and tells nobody.
 */
export class Disk {
  /** Requests are answered at once: while a server starts. */
  atOnce = true
  /** Of the next request that can have it. */
  fault: DiskFault | undefined
  /** That is one to store lines, and no other. */
  ofLines = false
  readonly #arms: Arm[] = []

  /** In place of `Thread.open`. */
  readonly open = async (settings: Settings): Promise<Arm> => {
    const arm = new Arm(settings, this)
    this.#arms.push(arm)
    return arm
  }

  /** Does or answers a request, of this thread or of the other. @returns false: there is none. */
  step(which: number): boolean {
    const count = this.#arms.length
    return this.#arms.some((_, index) => this.#arms[(which + index) % count]?.step() ?? false)
  }

  /** Everything stops where it is; what waits is neither done nor answered. */
  crash(): void {
    for (const arm of this.#arms.splice(0)) arm.crash()
    this.atOnce = true
    this.fault = undefined
  }

  /** Broken on purpose by mutants. */
  append(on: Connection, now: number, drafts: readonly DraftRow[]): OutcomeRow[] {
    return on.append(now, drafts)
  }

  /** Told of each line that a fault put off, whether or not its client is: a copy of it may be kept meanwhile. */
  putOff: (cid: string) => void = () => {}

  /** Told of a batch that found a fault. */
  failed(_on: Connection, _drafts: readonly DraftRow[]): void {}
}

/** One thread with its connection, as `Thread` shows itself to the store. */
class Arm {
  readonly #on: Connection
  readonly #disk: Disk
  readonly #waiting: (() => () => void)[] = []
  #answer: (() => void) | undefined
  #dead = false

  constructor(settings: Settings, disk: Disk) {
    this.#on = new Connection(settings)
    this.#disk = disk
  }

  rows = (sql: string, parameters: readonly unknown[] = []) =>
    this.#ask(() => this.#fallible(() => this.#on.rows(sql, parameters)))
  moment = (questions: readonly Question[]) =>
    this.#ask(() => this.#fallible(() => this.#on.moment(questions)))
  page = (sql: string, parameters: readonly unknown[], how: Writing) =>
    this.#ask(() => this.#fallible(() => writeRows(this.#on.rows(sql, parameters), how)))
  run = (sql: string, parameters: readonly unknown[] = []) =>
    this.#ask(() => this.#fallible(() => this.#on.run(sql, parameters)))
  append = (now: number, drafts: readonly DraftRow[]) => this.#ask(() => this.#append(now, drafts))
  takeUp = (which: Unindexed, count: number) =>
    this.#ask(() => this.#fallible(() => this.#on.takeUp(which, count)))
  rollback = () => this.#ask(() => this.#on.rollback())
  close = () => this.#ask(() => this.crash())

  step(): boolean {
    const answer = this.#answer
    this.#answer = answer ? undefined : this.#waiting.shift()?.()
    answer?.()
    return answer !== undefined || this.#answer !== undefined
  }

  crash(): void {
    if (this.#dead) return
    this.#dead = true
    this.#on.rollback() // statements that nobody finalised would keep the lock
    this.#on.close()
  }

  #append(now: number, drafts: readonly DraftRow[]): OutcomeRow[] {
    const { fault } = this.#disk
    this.#disk.ofLines = false
    if (fault === 'unsaid') this.#disk.append(this.#on, now, drafts)
    else if (fault) {
      this.#disk.failed(this.#on, drafts)
      for (const { 5: cid } of drafts) this.#disk.putOff(cid)
    }
    return this.#fallible(() => this.#disk.append(this.#on, now, drafts))
  }

  #fallible<T>(work: () => T): T {
    const { fault, ofLines } = this.#disk
    if (fault === undefined || ofLines) return work()
    this.#disk.fault = undefined
    if (fault === 'full') throw new StoreFullError('database or disk is full')
    throw new StoreError('disk I/O error')
  }

  #ask<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#dead) return // nobody answers
      const done = () => {
        try {
          const value = work()
          return () => resolve(value)
        } catch (error) {
          return () => reject(error instanceof StoreError ? error : told(error))
        }
      }
      if (this.#disk.atOnce) done()()
      else this.#waiting.push(done)
    })
  }
}

function told(error: unknown): StoreError {
  const code = sqliteCode(error)
  return storeError({ message: reasonOf(error), ...(code !== undefined && { code }) })
}
