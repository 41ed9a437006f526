import { expect, test } from '@jest/globals'
import { Channel } from '../../src/chat/channel.js'
import type { Connection } from '../../src/chat/connection.js'
import { FanOut } from '../../src/chat/fan-out.js'
import { createLog } from '../../src/log.js'
import type { NumberedEvent } from '../../src/protocol.js'

const event = (seq: number): NumberedEvent => ({
  type: 'chat',
  id: seq,
  seq,
  room: 'lobby',
  at: seq,
  user: { id: 1, name: 'ada', imageid: '1', kind: 'person' },
  data: `line ${seq}`,
})

/** A room's fan-out with one listener, over a store that holds events 1 … stored. */
function room(stored = 0) {
  const v1 = new Channel(() => {})
  v1.add({} as Connection)
  let reads = 0
  const fanOut = new FanOut({
    head: 0,
    at: 0,
    v1,
    lines: [],
    read: async (after, limit) => {
      reads++
      const last = Math.min(stored, after + limit)
      return Array.from({ length: last - after }, (_, i) => event(after + 1 + i))
    },
    log: createLog('silent'),
  })
  const heard = () =>
    [...(v1.take()?.all.toString('latin1') ?? '').matchAll(/"seq":(\d+)/g)].map(([, seq]) =>
      Number(seq),
    )
  return { fanOut, heard, reads: () => reads }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('events are handed out in their order, once', () => {
  const { fanOut, heard } = room()
  for (const seq of [1, 2, 2, 1, 3]) fanOut.receive(event(seq))
  expect(heard()).toEqual([1, 2, 3])
})

test('what is stored and never came is handed out when it is looked for', async () => {
  const { fanOut, heard } = room(2)
  fanOut.fill()
  await turn()
  expect(heard()).toEqual([1, 2])
})

test('an event that is ahead waits for the one before it', async () => {
  const { fanOut, heard } = room()
  fanOut.receive(event(2))
  expect(heard()).toEqual([])
  fanOut.receive(event(1))
  await turn()
  expect(heard()).toEqual([1, 2])
})

test('what nobody sends is read from the store', async () => {
  const { fanOut, heard, reads } = room(7)
  fanOut.receive(event(1))
  fanOut.receive(event(8))
  await turn()
  expect(heard()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(reads()).toBe(1)
})

test('events in any order and repeated come out as 1 … n', async () => {
  const { fanOut, heard } = room(40)
  const seqs = Array.from({ length: 120 }, (_, i) => ((i * 37) % 40) + 1)
  for (const seq of seqs) fanOut.receive(event(seq))
  await turn()
  expect(heard()).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
})
