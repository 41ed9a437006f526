import type { EventExtra } from '../../protocol.js'
import { hashOfReceived } from '../received.js'
import type { Database } from './driver.js'
import { prepareEffects } from './effects/effects.js'
import type { DraftRow, OutcomeRow } from './messages.js'
import type { SearchIndex } from './search-index.js'

/** Stores a batch in one transaction and returns after COMMIT, one outcome a draft. */
export type Append = (now: number, drafts: readonly DraftRow[]) => OutcomeRow[]

/** Prepares the hot path of the server on this connection. A message has its number in the index, and is taken up later. */
export function prepareAppend(db: Database, index: SearchIndex): Append {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const find = db.prepare(
    'select seq, at, received from events where room_id = ? and user_id = ? and cid = ?',
  )
  const placeOf = db.prepare('select seq, at from rooms where id = ?')
  const move = db.prepare('update rooms set seq = ?, at = ? where id = ?')
  const insert = db.prepare(
    `insert into events
       (room_id, seq, type, at, user_id, user_name, user_imageid, cid, data, received, extra, message, doc)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const effects = prepareEffects(db, index)
  /** Of the batch under way: where its rooms stand, and the number in the index of its next message; asked for once. */
  let places = new Map<number, Place>()
  let doc: number | undefined

  return function append(now, drafts) {
    begin.run()
    places = new Map()
    doc = undefined
    try {
      const outcomes = drafts.map((draft) => store(draft, now))
      for (const [roomId, { seq, at }] of places) move.run(seq, at, roomId)
      commit.run()
      return outcomes
    } catch (error) {
      rollback(db)
      throw error
    }
  }

  function store(draft: DraftRow, now: number): OutcomeRow {
    const [roomId, , userId, , , cid, data, received, , hasEffect] = draft
    const hash = hashOfReceived(received ?? data)

    const known: Known | undefined = find.get(roomId, userId, cid)
    if (known) return same(known.received, hash) ? ['dup', known.seq, known.at] : conflict
    return hasEffect ? change(draft, hash, now) : put(draft, hash, now, null)
  }

  /** An event that does something to what is stored already; see effects/. */
  function change(draft: DraftRow, hash: Uint8Array, now: number): OutcomeRow {
    const [roomId, type, userId, name, imageid, cid, data, received, json] = draft
    const extra: EventExtra = JSON.parse(json ?? '{}')
    const effect = effects[type]?.({ roomId, userId, data, extra, now })
    if (typeof effect === 'string') return [effect, 0, 0]

    const { told, apply } = effect ?? {}
    const { data: text = data, reply: _readAnew, ...more } = told ?? {}
    // What was written into a form is its bot's alone: an event is everybody's.
    const { form: _itsBots, ...shown } = extra
    const kept = JSON.stringify({ ...shown, ...more })
    const row: DraftRow = [roomId, type, userId, name, imageid, cid, text, received, kept, true]
    const outcome = put(row, hash, now, extra.message ?? extra.reply_to ?? null)
    const [status, seq, at] = outcome
    if (status === 'stored') apply?.(seq, at)
    return told ? [status, seq, at, told] : outcome
  }

  function put(draft: DraftRow, hash: Uint8Array, now: number, message: number | null): OutcomeRow {
    const [roomId, type, userId, userName, userImageid, cid, data, , extra] = draft
    const place: Place | undefined = places.get(roomId) ?? placeOf.get(roomId)
    if (!place) return noSuchRoom
    const seq = place.seq + 1
    const at = Math.max(place.at, now)
    places.set(roomId, { seq, at })
    insert.run(
      roomId,
      seq,
      type,
      at,
      userId,
      userName,
      userImageid,
      cid,
      data,
      hash,
      extra,
      message,
      type === 'chat' ? nextDoc() : null,
    )
    return ['stored', seq, at]
  }

  function nextDoc(): number {
    const next = doc ?? index.next()
    doc = next + 1
    return next
  }
}

/** Ends a transaction that failed; some faults have ended it already. */
export function rollback(db: Database): void {
  try {
    db.exec('rollback')
  } catch {
    // No transaction is active: what was to be reached.
  }
}

interface Place {
  seq: number
  at: number
}

interface Known extends Place {
  received: Uint8Array
}

const conflict: OutcomeRow = ['conflict', 0, 0]
const noSuchRoom: OutcomeRow = ['no_such_room', 0, 0]

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
