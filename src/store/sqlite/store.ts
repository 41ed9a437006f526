import { Kysely } from 'kysely'
import { closeAll, type Undo } from '../../close-all.js'
import type { EventExtra } from '../../protocol.js'
import { auditStore } from '../audit.js'
import { botStore } from '../bot-store.js'
import { eventStore } from '../events.js'
import { identity, noteStart } from '../meta.js'
import { migrate } from '../migrations/run.js'
import { inviteStore } from '../invites.js'
import { readStore } from '../reads.js'
import { reportStore } from '../reports.js'
import { roleStore } from '../roles.js'
import { numberStore } from '../numbers.js'
import { powerStore } from '../power.js'
import { peopleStore } from '../room-people.js'
import { roomStore } from '../rooms.js'
import { sanctionStore } from '../sanctions.js'
import type { Db, Schema } from '../schema.js'
import { secretStore } from '../secrets.js'
import { sessionStore } from '../sessions.js'
import type { Draft, Outcome, Store } from '../store.js'
import { tokenStore } from '../tokens.js'
import { userStore } from '../users.js'
import { threadDialect } from './dialect.js'
import { FULL } from './durability.js'
import type { DraftRow, OutcomeRow } from './messages.js'
import { Erasing } from './erasing.js'
import { Indexing } from './indexing.js'
import { Reader } from './reader.js'
import { searchStore } from './search.js'
import { Thread, type ThreadOptions } from './thread.js'
import { Turns } from './turns.js'

export interface SqliteOptions extends ThreadOptions {
  /** The clock, in ms since 1970 UTC. */
  now: () => number
  /** How long what was erased may still lie in the write-ahead log, in ms. @default 10 s */
  eraseAfter?: number
}

/**
 * Opens a store in an SQLite file. One connection writes; another one reads beside it, each in a thread of its
 * own, so that who leafs through the past or searches it does not wait for a commit, nor a commit for them.
 * @throws {StoreError} the file cannot be opened, written or brought up to date.
 * @throws {NewerSchemaError} a newer version of the program wrote it.
 * @throws {UnsafeDiskError} what is committed there may be lost.
 */
export async function openSqlite({ now, eraseAfter, ...options }: SqliteOptions): Promise<Store> {
  const undo: Undo[] = []
  try {
    const thread = await Thread.open(options)
    const turns = new Turns()
    undo.push(() => turns.run(() => thread.close()))
    const db = new Kysely<Schema>({ dialect: threadDialect(thread, turns) })
    await migrate(db)
    await noteStart(db, now())
    await assertDurable(thread)

    const reader = new Reader({ ...options, readOnly: true })
    const reading = new Kysely<Schema>({ dialect: threadDialect(reader.thread, reader.turns) })
    undo.push(() => reader.close())
    const indexing = await Indexing.start(thread, turns)
    undo.push(() => indexing.close())
    const erasing = new Erasing(thread, turns, eraseAfter)
    undo.push(() => erasing.close())
    return {
      ...(await identity(db)),
      ...nouns(db, now),
      people: peopleStore(db, reading, reader.askBoth),
      events: eventStore(reading, reader.ask),
      search: searchStore(reading, reader.ask, { indexing, now }),
      ...calls(thread, turns, indexing, erasing),
      waiting: () => turns.waiting + reader.turns.waiting,
      close: () => closeAll(undo),
    }
  } catch (error) {
    await closeAll(undo).catch(() => {}) // why it could not be opened says more
    throw error
  }
}

/** This disk, or this build of SQLite, does not keep what was committed. */
export class UnsafeDiskError extends Error {
  override readonly name = 'UnsafeDiskError'
}

/** Called after a write, because a build may lower `synchronous` with the first one. */
async function assertDurable(thread: Thread): Promise<void> {
  const journal: { journal_mode: string }[] = await thread.rows('pragma journal_mode')
  const sync: { synchronous: number }[] = await thread.rows('pragma synchronous')
  const found = `journal_mode ${journal[0]?.journal_mode}, synchronous ${sync[0]?.synchronous}`
  if (found !== `journal_mode wal, synchronous ${FULL}`) throw new UnsafeDiskError(found)
}

const nouns = (db: Db, now: () => number) => ({
  rooms: roomStore(db),
  invites: inviteStore(db),
  users: userStore(db),
  sessions: sessionStore(db),
  reads: readStore(db),
  secrets: secretStore(db, now),
  roles: roleStore(db),
  sanctions: sanctionStore(db),
  audit: auditStore(db),
  reports: reportStore(db),
  botStore: botStore(db),
  power: powerStore(db),
  numbers: numberStore(db),
  tokens: tokenStore(db),
})

/** What does not go through Kysely. They take turns with its queries and transactions. */
const calls = (thread: Thread, turns: Turns, indexing: Indexing, erasing: Erasing) => ({
  async append(drafts: readonly Draft[], now: number): Promise<readonly Outcome[]> {
    if (drafts.length === 0) return []
    const rows = drafts.map(draftRow)
    const outcomes = await turns.beside(() => thread.append(now, rows))
    indexing.said(drafts.length)
    if (drafts.some(({ type }) => type === 'recall' || type === 'edit')) erasing.later()
    return outcomes.map(outcome)
  },
  async ping(): Promise<void> {
    await turns.beside(() => thread.rows('select 1'))
  },
})

const draftRow = ({ roomId, type, user, cid, data, received, extra }: Draft): DraftRow => [
  roomId,
  type,
  user.id,
  user.name,
  user.imageid,
  cid,
  data,
  received === data ? null : received,
  extra ? JSON.stringify(extra) : null,
  type === 'chat' ? extra !== undefined && pointsAtSomething(extra) : type !== 'notice',
]

/** A line that answers or calls somebody does more than to be stored. */
const pointsAtSomething = ({ reply_to, mentions, all }: EventExtra): boolean =>
  reply_to !== undefined || mentions !== undefined || all !== undefined

const outcome = ([status, seq, at, told]: OutcomeRow): Outcome => {
  if (status === 'stored') return { status, seq, at, ...(told && { told }) }
  return status === 'dup' ? { status, seq, at } : { status }
}
