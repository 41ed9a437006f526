import { expect, test } from '@jest/globals'
import { answerPosition, type Answer } from '../../src/chat/position.js'
import { classic } from '../../src/chat/lines/classic.js'
import { Room, type RoomDeps } from '../../src/chat/room.js'
import { clock } from '../../src/clock.js'
import { createLog } from '../../src/log.js'
import type { NumberedEvent } from '../../src/protocol.js'
import { roomRow } from '../store/world.js'

const event = (seq: number, data = `line ${seq}`): NumberedEvent => ({
  type: 'chat',
  id: seq,
  seq,
  room: 'lobby',
  at: 1000 + seq,
  user: { id: 1, name: 'ada', imageid: '1', kind: 'person' },
  data,
})

interface RoomOptions {
  head: number
  floor?: number
  data?: string
  /** Number at which the store stands, if it is ahead. */
  stored?: number
  /** Only every hundredth is a line, the others are reactions. */
  sparse?: boolean
}

/** A room of `head` events, the first of them cleared up to `floor`. */
function room({ head, floor = 1, data, stored = head, sparse = false }: RoomOptions) {
  const all = Array.from({ length: stored - floor + 1 }, (_, i) => ({
    ...event(floor + i, data),
    ...(sparse && i % 100 > 0 && { type: 'react' as const }),
  }))
  const events = {
    range: async (_: unknown, after: number, limit: number) =>
      all.filter(({ seq }) => seq > after).slice(0, limit),
    timeline: async (_: unknown, { limit }: { limit: number }) => ({
      events: all.slice(-limit),
      more: all.length > limit,
    }),
    snapshot: async (_: unknown, { limit }: { limit: number }) => ({
      head: stored,
      events: all.slice(-limit),
      pins: [],
    }),
    pinned: async () => [],
    bySeq: async (_: unknown, seq: number) => all.find((one) => one.seq === seq),
    known: async () => undefined,
  }
  const row = roomRow({ id: 7, seq: head, at: 1000 + head, floor })
  const deps = {
    events,
    epoch: 'e',
    clock,
    log: createLog('silent'),
    wake: () => {},
    dialects: { classic },
    bots: () => [],
    known: async () => [],
    lately: async () => [],
  }
  return Room.open(row, deps as unknown as RoomDeps)
}

const seqs = ({ events }: Answer) => events.map(({ event: { seq } }) => seq)

test('a client without a past gets the last 50 lines and no gap', async () => {
  const answer = await answerPosition(await room({ head: 80 }), {})
  expect(answer).toMatchObject({ mode: 'snapshot', head: 80, standsAt: 80, more: false })
  expect([seqs(answer)[0], seqs(answer).at(-1), answer.gap]).toEqual([31, 80, undefined])
})

test('a client that missed a little gets exactly that', async () => {
  const answer = await answerPosition(await room({ head: 80 }), { epoch: 'e.7', since: 77 })
  expect([answer.mode, seqs(answer), answer.more]).toEqual(['resume', [78, 79, 80], false])
})

test('a client that missed nothing gets nothing', async () => {
  const answer = await answerPosition(await room({ head: 80 }), { epoch: 'e.7', since: 80 })
  expect([answer.mode, seqs(answer), answer.more]).toEqual(['resume', [], false])
})

test('what is stored and not handed out yet is not told: it comes to who listens', async () => {
  const first = await answerPosition(await room({ head: 0, stored: 1 }), { since: 0 })
  expect([first.mode, seqs(first), first.standsAt]).toEqual(['resume', [], 0])
})

test('500 behind is resumed in pages; 501 behind is a snapshot with the gap named', async () => {
  const far = await room({ head: 900 })
  const resumed = await answerPosition(far, { epoch: 'e.7', since: 400 })
  expect([resumed.mode, seqs(resumed).length, resumed.more, resumed.standsAt]).toEqual([
    'resume',
    200,
    true,
    600,
  ])
  const { mode, gap, standsAt } = await answerPosition(far, { epoch: 'e.7', since: 399 })
  expect([mode, gap, standsAt]).toEqual(['snapshot', { from: 400, to: 850 }, 900])
})

test('the gap begins where something is still stored', async () => {
  const answer = await answerPosition(await room({ head: 900, floor: 300 }), {
    epoch: 'e.7',
    since: 5,
  })
  expect([answer.mode, answer.gap]).toEqual(['snapshot', { from: 300, to: 850 }])
})

test.each([
  ['another epoch', { epoch: 'other.7', since: 10 }],
  ['a number not given out yet', { epoch: 'e.7', since: 81 }],
  ['another time at the same number', { epoch: 'e.7', since: 10, mark: 5 }],
])('%s resets the client', async (_what, position) => {
  expect((await answerPosition(await room({ head: 80 }), position)).mode).toBe('reset')
})

test('the right mark resumes', async () => {
  const position = { epoch: 'e.7', since: 10, mark: 1010 }
  expect((await answerPosition(await room({ head: 80 }), position)).mode).toBe('resume')
})

test('a page stops at 256 KiB: a resume goes on later, a snapshot keeps the newest', async () => {
  const heavy = await room({ head: 60, data: 'x'.repeat(16_000) })
  const resumed = await answerPosition(heavy, { epoch: 'e.7', since: 10 })
  expect([seqs(resumed)[0], resumed.events.length, resumed.more]).toEqual([11, 16, true])
  const snapshot = await answerPosition(heavy, {})
  expect([snapshot.events.length, seqs(snapshot).at(-1), snapshot.more]).toEqual([16, 60, false])
})

test('a snapshot of a store that is ahead is told when the room has got there, not before', async () => {
  const behind = await room({ head: 900, stored: 901, sparse: true })
  let told: Answer | undefined
  const answer = answerPosition(behind, {}).then((answer) => (told = answer))
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toBeUndefined()

  behind.fanOut.receive(event(901))
  expect(await answer).toMatchObject({ head: 901, standsAt: 901 })
})
