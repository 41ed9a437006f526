import { setTimeout } from 'node:timers/promises'
import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import { Meter } from '../meter.js'
import { PINS, REACTION_KINDS } from '../present-form.js'
import type { NackCode, NumberedEvent, User, NumberedType, EventExtra } from '../protocol.js'
import { StoreFullError, type Outcome, type Store, type Told } from '../store/store.js'
import type { Room } from './room.js'
import { Waiting } from './waiting.js'

/** Rows of one commit, at most. */
const BATCH_ROWS = 500

/** Made once: an overload is no time to take down where each refusal came from. */
const overloaded = new ChatError('overloaded', { retryAfterMs: 1_000 })

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

/** What is new, and not a change of something: it is always written. */
type Addition = Entry & { type: 'chat' | 'notice' }

interface Taken {
  entry: Entry
  resolve: (written: Written | undefined) => void
  reject: (error: unknown) => void
}

export interface JournalOptions {
  append: Store['append']
  /** How long until what is committed so many milliseconds from now can leave, in milliseconds (the paced flush). */
  wait?: (needs: number) => number
  /** The clock, in ms since 1970 UTC. @default Date.now */
  now?: () => number
  /** Gets how long commits take, and how many events share one. */
  meter?: Meter
  log: Logger
}

/**
 * The group-commit writer: one commit at a time; what arrives meanwhile is the next batch; an idle room
 * commits at once, a busy one no more often than its lines can leave. An answer leaves only after COMMIT (I1).
 */
export class Journal {
  readonly #append: Store['append']
  readonly #wait: (needs: number) => number
  readonly #now: () => number
  readonly #log: Logger
  readonly #meter: Meter
  readonly #waiting = new Waiting<Taken>(({ entry }) => entry.room)
  #writing: Promise<void> | undefined
  #draining = false
  /** Length of the last commit, in milliseconds. */
  #took = 0

  constructor({
    append,
    wait = () => 0,
    now = Date.now,
    meter = new Meter(),
    log,
  }: JournalOptions) {
    this.#append = append
    this.#wait = wait
    this.#now = now
    this.#log = log
    this.#meter = meter
  }

  /**
   * Takes an entry into the next batch, at once: two calls in a row are numbered in that order.
   * @returns its number, after COMMIT; by then the room has handed the event out. Undefined: it would change
   * nothing, so that nothing was written.
   * @throws {ChatError} `overloaded`, `draining`, `storage_full`, `cid_conflict`, `no_such_room`,
   * `no_such_message`, `too_many`, `closed`, `expired`, `no_such_choice`, `unknown`.
   */
  write(entry: Addition): Promise<Written>
  write(entry: Entry): Promise<Written | undefined>
  write(entry: Entry): Promise<Written | undefined> {
    if (this.#draining) return Promise.reject(new ChatError('draining'))
    return new Promise((resolve, reject) => {
      if (!this.#waiting.add({ entry, resolve, reject })) return reject(overloaded)
      this.#writing ??= this.#run()
    })
  }

  /** How many entries wait for their commit. */
  get waiting(): number {
    return this.#waiting.length
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
      await this.#commit(this.#waiting.take(BATCH_ROWS))
      this.#took = performance.now() - start
    }
    this.#writing = undefined
  }

  /** Lets more lines share a commit that is in no hurry: done just when the flush is due. */
  async #pace(): Promise<void> {
    const spare = this.#wait(this.#took) - this.#took
    if (spare < 1 || this.#draining || this.#waiting.length >= BATCH_ROWS) return
    await setTimeout(spare)
  }

  async #commit(batch: Taken[]): Promise<void> {
    try {
      const start = performance.now()
      const outcomes = await this.#append(batch.map(draft), this.#now())
      this.#meter.commitSeconds.observe((performance.now() - start) / 1000)
      this.#meter.commitEvents.observe(batch.length)
      batch.forEach((entry, index) => settle(entry, outcomes[index]))
    } catch (error) {
      this.#meter.commitFailures += 1
      const full = error instanceof StoreFullError
      this.#log.error({ err: error, rows: batch.length }, full ? 'disk full' : 'commit failed')
      // Whether they were kept nobody knows; what was is everybody's to hear.
      if (!full)
        for (const room of new Set(batch.map(({ entry }) => entry.room))) room.fanOut.fill()
      for (const { reject } of batch) {
        reject(new ChatError(full ? 'storage_full' : 'unknown', { retryAfterMs: 1_000 }))
      }
    }
  }
}

const draft = ({ entry: { room, type, user, cid, data, received, extra } }: Taken) => ({
  roomId: room.id,
  type,
  user,
  cid,
  data,
  received,
  ...(extra && { extra }),
})

function settle({ entry, resolve, reject }: Taken, outcome: Outcome | undefined): void {
  if (!outcome) return reject(new ChatError('unknown'))
  switch (outcome.status) {
    case 'stored': {
      const { seq, at, told } = outcome
      const event = toEvent(entry, seq, at, told)
      entry.room.fanOut.receive(event)
      return resolve({ seq, at, event })
    }
    case 'dup':
      if (outcome.seq > entry.room.fanOut.head) entry.room.fanOut.fill()
      return resolve({ seq: outcome.seq, at: outcome.at })
    case 'unchanged':
      return resolve(undefined)
    default:
      return reject(refusal(entry.type, outcome.status))
  }
}

type Refused = Exclude<Outcome['status'], 'stored' | 'dup' | 'unchanged'>

const codes: Record<Exclude<Refused, 'too_many'>, NackCode> = {
  conflict: 'cid_conflict',
  no_such_room: 'no_such_room',
  no_such_message: 'no_such_message',
  closed: 'closed',
  expired: 'expired',
  no_such_choice: 'no_such_choice',
}

function refusal(type: NumberedType, status: Refused): ChatError {
  if (status !== 'too_many') return new ChatError(codes[status])
  return type === 'pin'
    ? new ChatError('too_many', { what: 'pins', values: { limit: PINS } })
    : new ChatError('too_many', { what: 'reactions', values: { limit: REACTION_KINDS } })
}

const toEvent = (
  { type, room, user, data, cid, extra }: Entry,
  seq: number,
  at: number,
  told?: Told,
): NumberedEvent => ({
  type,
  id: seq,
  seq,
  room: room.name,
  at,
  user: author(user),
  data,
  cid,
  ...(extra && toAll(extra)),
  ...told,
})

/** What was written into a form is its bot's alone. */
const toAll = ({ form: _itsBots, ...extra }: EventExtra): EventExtra => extra

/** As it will be read back: a role is of the moment, and of the members' list. */
const author = ({ id, name, imageid, kind }: User): User => ({ id, name, imageid, kind })
