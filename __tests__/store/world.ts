import { randomUUID } from 'node:crypto'
import type { User } from '../../src/protocol.js'
import type { Draft, Outcome, RoomRow, SignIn, Store } from '../../src/store/store.js'

/** A moment in 2025, in ms; the tests' clock starts here. */
export const NOON = 1_764_000_000_000
export const MINUTE = 60_000
export const DAY = 86_400_000

export const ada: User = { id: 1, name: 'Ada', imageid: '3', kind: 'person' }
export const grace: User = { id: 2, name: '欧阳明远', imageid: '26', kind: 'person' }
export const bird: User = { id: 0, name: '小小鸟', imageid: 'bot', kind: 'bot' }

export const room = (store: Store, name = 'lobby'): Promise<RoomRow> =>
  store.rooms.ensure({ name, title: '', at: NOON })

/** A room's row as a store gives it, for tests without a store. */
export const roomRow = (row: Partial<RoomRow> = {}): RoomRow => ({
  id: 1,
  name: 'lobby',
  seq: 0,
  at: NOON,
  floor: 1,
  madeBy: null,
  settings: {
    title: '',
    topic: '',
    kind: 'room',
    unlisted: false,
    passcode: false,
    announce: false,
    archived: false,
    slow_ms: 0,
    approval: false,
    math: false,
  },
  passcodeHash: null,
  ...row,
})

/** A line of Ada's, unless told otherwise. */
export const line = (room: RoomRow, text: string, other: Partial<Draft> = {}): Draft => ({
  roomId: room.id,
  type: 'chat',
  user: ada,
  cid: randomUUID(),
  data: text,
  received: text,
  ...other,
})

/** Stores lines one after the other, at {@link NOON}. */
export async function say(store: Store, room: RoomRow, ...texts: string[]): Promise<void> {
  await store.append(
    texts.map((text) => line(room, text)),
    NOON,
  )
}

/** What changes earlier lines: Ada's doing, unless told otherwise. */
export const edit = (room: RoomRow, message: number, text: string, other: Partial<Draft> = {}) =>
  line(room, text, { type: 'edit', extra: { message }, ...other })
export const recall = (room: RoomRow, message: number, other: Partial<Draft> = {}) =>
  line(room, '', { type: 'recall', extra: { message }, ...other })
export const react = (room: RoomRow, message: number, emoji: string, other: Partial<Draft> = {}) =>
  line(room, emoji, { type: 'react', extra: { message, on: true }, ...other })
export const pin = (room: RoomRow, message: number, on = true) =>
  line(room, '', { type: 'pin', extra: { message, on } })
export const topic = (room: RoomRow, text: string) => line(room, text, { type: 'topic' })

/** An emoji is taken away again. */
export const off = (draft: Draft): Draft => ({
  ...draft,
  cid: randomUUID(),
  extra: { ...draft.extra, on: false },
})

export const statuses = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ status }) => status)

export const seqs = (outcomes: readonly Outcome[]): (number | string)[] =>
  outcomes.map((outcome) => ('seq' in outcome ? outcome.seq : outcome.status))

/** As the sessions are judged at a time: 24 h for names, 30 days idle, 180 in all. */
export const hold = (now = NOON) => ({ heldSince: now - DAY, bornSince: now - 180 * DAY })
export const limits = (now = NOON) => ({
  now,
  seenSince: now - 30 * DAY,
  bornSince: now - 180 * DAY,
})

/** An attempt to sign in under a name, with a session called like it. */
export const attempt = (name: string, other: Partial<SignIn> = {}): SignIn => ({
  name,
  skeleton: name.toLowerCase(),
  imageid: '0',
  sidHash: `sid of ${name}`,
  now: NOON,
  ...hold(other.now),
  ...other,
})

/** Signs in, or fails the test. */
export async function signIn(store: Store, name: string, other: Partial<SignIn> = {}) {
  const user = await store.users.signIn(attempt(name, other))
  if (user === 'taken') throw new Error(`${name} is taken`)
  return user
}

export const renamed = (name: string): Pick<SignIn, 'name' | 'skeleton'> => ({
  name,
  skeleton: name.toLowerCase(),
})

/** Whole numbers below a bound, the same ones in each run (xorshift). */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.abs(state) % below
  }
}
