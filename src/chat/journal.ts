import { setTimeout } from 'node:timers/promises'
import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { NumberedEvent, User, NumberedType, EventExtra } from '../protocol.js'
import { StoreFullError, type Outcome, type Store } from '../store/store.js'
import type { Room } from './room.js'

/** Rows of one commit, at most. */
const BATCH_ROWS = 500
/** Lines that wait for their commit; more are refused. */
const PENDING_ROWS = 1_000

/** What somebody, or the server, wants to have numbered. */
export interface Entry {
  room: Room
  type: NumberedType
  user: User
  cid: string
  data: string
  /** The text as received: another one under the same cid is a conflict. */
  received: string
  extra?: EventExtra
}

export interface Written {
  seq: number
  at: number
  /** The event, if this call stored it; absent: the same cid was stored before. */
  event?: NumberedEvent
}

interface Waiting extends Entry {
  resolve: (written: Written) => void
  reject: (error: unknown) => void
}

export interface JournalOptions {
  append: Store['append']
  /** How long until what is committed now could leave, in milliseconds (the paced flush). */
  wait?: () => number
  /** The clock, in ms since 1970 UTC. @default Date.now */
  now?: () => number
  log: Logger
}

/**
 * The group-commit writer: one commit at a time; what arrives meanwhile is the next batch; an idle room
 * commits at once, a busy one no more often than its lines can leave. An answer leaves only after COMMIT (I1).
 */
export class Journal {
  readonly #append: Store['append']
  readonly #wait: () => number
  readonly #now: () => number
  readonly #log: Logger
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #draining = false
  /** Length of the last commit, in milliseconds. */
  #took = 0

  constructor({ append, wait = () => 0, now = Date.now, log }: JournalOptions) {
    this.#append = append
    this.#wait = wait
    this.#now = now
    this.#log = log
  }

  /**
   * Takes an entry into the next batch, at once: two calls in a row are numbered in that order.
   * @returns its number, after COMMIT; by then the room has handed the event out.
   * @throws {ChatError} `overloaded`, `draining`, `storage_full`, `cid_conflict`, `no_such_room`, `unknown`.
   */
  write(entry: Entry): Promise<Written> {
    if (this.#draining) return Promise.reject(new ChatError('draining'))
    if (this.#waiting.length >= PENDING_ROWS) {
      return Promise.reject(new ChatError('overloaded', { retryAfterMs: 1_000 }))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...entry, resolve, reject })
      this.#writing ??= this.#run()
    })
  }

  /** Nothing is taken any more. */
  get draining(): boolean {
    return this.#draining
  }

  /** Refuses what comes from now on, and resolves when all that was taken is answered. */
  async drain(): Promise<void> {
    this.#draining = true
    await this.#writing
  }

  async #run(): Promise<void> {
    // What the same turn still brings belongs to this batch.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      await this.#pace()
      const start = performance.now()
      await this.#commit(this.#waiting.splice(0, BATCH_ROWS))
      this.#took = performance.now() - start
    }
    this.#writing = undefined
  }

  /** Lets more lines share a commit that is in no hurry: done just when the flush is due. */
  async #pace(): Promise<void> {
    const spare = this.#wait() - this.#took
    if (spare < 1 || this.#draining || this.#waiting.length >= BATCH_ROWS) return
    await setTimeout(spare)
  }

  async #commit(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#append(batch.map(draft), this.#now())
      batch.forEach((entry, index) => settle(entry, outcomes[index]))
    } catch (error) {
      const full = error instanceof StoreFullError
      this.#log.error({ err: error, rows: batch.length }, full ? 'disk full' : 'commit failed')
      for (const { reject } of batch) {
        reject(new ChatError(full ? 'storage_full' : 'unknown', { retryAfterMs: 1_000 }))
      }
    }
  }
}

const draft = ({ room, type, user, cid, data, received, extra }: Waiting) => ({
  roomId: room.id,
  type,
  user,
  cid,
  data,
  received,
  ...(extra && { extra }),
})

function settle(entry: Waiting, outcome: Outcome | undefined): void {
  if (!outcome) return entry.reject(new ChatError('unknown'))
  if (!('seq' in outcome)) {
    const code = outcome.status === 'conflict' ? 'cid_conflict' : 'no_such_room'
    return entry.reject(new ChatError(code))
  }
  const { seq, at } = outcome
  if (outcome.status === 'dup') return entry.resolve({ seq, at })
  const event = toEvent(entry, seq, at)
  entry.room.fanOut.receive(event)
  entry.resolve({ seq, at, event })
}

const toEvent = (entry: Entry, seq: number, at: number): NumberedEvent => ({
  type: entry.type,
  id: seq,
  seq,
  room: entry.room.name,
  at,
  user: author(entry.user),
  data: entry.data,
  cid: entry.cid,
  ...entry.extra,
})

/** As it will be read back: a role is of the moment, and of the members' list. */
const author = ({ id, name, imageid, kind }: User): User => ({ id, name, imageid, kind })
