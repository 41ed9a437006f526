import { afterEach, expect, jest, test } from '@jest/globals'
import { Channel, type Listener } from '../../src/chat/channel.js'
import type { Connection } from '../../src/chat/connection.js'
import { Outbox } from '../../src/chat/outbox.js'
import { textFrame } from '../../src/chat/wire.js'
import { native } from '../../src/chat/write-many.js'

afterEach(() => void jest.restoreAllMocks())

/** A channel on a running outbox, and listeners that remember what each write brought them. */
function world() {
  const outbox = new Outbox()
  const channel = new Channel(outbox.wakeChannel)
  const join = () => {
    const writes: string[] = []
    const deliver = (all: Buffer) => void writes.push(all.toString())
    return { writes, listener: channel.add(reader(deliver)) }
  }
  const say = (text: string, except?: Listener[]) =>
    channel.push(Buffer.from(text), {
      numbered: true,
      ...(except && { except: new Set(except) }),
    })
  return { outbox, channel, join, say, flushed: () => flushed(outbox) }
}

/** A connection that nothing is written to but by its `deliver`. */
const reader = (deliver: (all: Buffer) => void) =>
  ({ deliver, way: -1, findWay: () => -1, forgetWay: () => {} }) as unknown as Connection

/** Resolves after the sweep that is due: a probe that is woken now is flushed by it, behind everything else. */
const flushed = (outbox: Outbox) =>
  new Promise<void>((resolve) => {
    outbox.wakeConnection({ flush: () => resolve() } as unknown as Connection)
  })

test('a hundred messages of one turn are one write a listener', async () => {
  const { join, say, flushed } = world()
  const listeners = Array.from({ length: 50 }, join)
  for (let i = 0; i < 100; i++) say('x')
  await flushed()
  expect(listeners.map(({ writes }) => writes)).toEqual(listeners.map(() => ['x'.repeat(100)]))
})

test('who comes in hears what is said after, not what is pending', async () => {
  const { join, say, flushed } = world()
  const early = join()
  say('a')
  const late = join()
  say('b')
  await flushed()
  expect([early.writes, late.writes]).toEqual([['ab'], ['b']])
})

test('who leaves hears nothing more, and the one that takes its place hears all', async () => {
  const { channel, join, say, flushed } = world()
  const [gone, , last] = [join(), join(), join()]
  say('a')
  channel.remove(gone.listener)
  await flushed()
  say('b')
  await flushed()
  expect([gone.writes, last.writes]).toEqual([[], ['a', 'b']])
})

test('a frame that leaves somebody out reaches all others', async () => {
  const { join, say, flushed } = world()
  const [writer, reader] = [join(), join()]
  say('typing ', [writer.listener])
  say('line')
  await flushed()
  expect([writer.writes, reader.writes]).toEqual([['line'], ['typing line']])
})

test('a sweep over more listeners than a turn may write reaches each of them once', async () => {
  const { join, say, flushed } = world()
  const listeners = Array.from({ length: 1203 }, join)
  say('x')
  await flushed()
  expect(listeners.filter(({ writes }) => writes.join() === 'x')).toHaveLength(1203)
})

test('who leaves in the middle of a sweep is not in its next call', async () => {
  const { writeMany } = native
  const { channel, say, flushed } = world()
  const listeners = Array.from({ length: 600 }, (_, way) => {
    const connection = { way, findWay: () => way, forgetWay: () => (connection.way = -1) }
    return channel.add(connection as unknown as Connection)
  })
  const calls: number[][] = []
  native.writeMany = (ways, count, { length }) => {
    calls.push(Array.from(ways.subarray(0, count)))
    ways.fill(length, 0, count)
    const [leaves] = listeners.splice(550, 1)
    if (leaves) channel.remove(leaves)
  }
  say('x')
  await flushed().finally(() => (native.writeMany = writeMany))
  const [first, second] = [range(0, 500), range(500, 600)]
  expect(calls).toEqual([first, second.filter((way) => way !== 550)])
})

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)

/** Time that passes only in writes: ten listeners who take a millisecond each, or so many; one looks on. */
function slowWorld(look: (outbox: Outbox) => void = () => {}, ms = 1) {
  let now = 1_000
  jest.spyOn(performance, 'now').mockImplementation(() => now)
  const { outbox, channel, say, flushed } = world()
  for (let i = 0; i < 10; i++) {
    const deliver = () => {
      now += ms
      if (i === 4) look(outbox)
    }
    channel.add(reader(deliver))
  }
  return { outbox, say, flushed }
}

test('a line is to be ready for the first flush that it can catch, and no earlier', async () => {
  const { outbox, say, flushed } = slowWorld()
  expect(outbox.leavesIn(5)).toBe(0)
  say('a')
  await flushed()
  // The sweep took 10 ms, so that the next one may begin 25 ms after its beginning.
  expect([0, 5, 20].map((needs) => outbox.leavesIn(needs))).toEqual([15, 15, 15])
  say('b') // that one is due now
  expect([0, 5, 20].map((needs) => outbox.leavesIn(needs))).toEqual([15, 15, 40])
})

test('a sweep that was held up holds up the next one no longer than 25 ms', async () => {
  const { outbox, say, flushed } = slowWorld(() => {}, 40)
  say('a')
  await flushed()
  expect(outbox.leavesIn(0)).toBe(25)
})

test('what others do in the turns of a sweep does not put off the next one', async () => {
  let now = 1_000
  jest.spyOn(performance, 'now').mockImplementation(() => now)
  const { outbox, channel, say, flushed } = world()
  const busy = () => setImmediate(() => (now += 10))
  for (let i = 0; i < 600; i++) {
    const deliver = () => (i === 0 ? busy() : (now += 0.01))
    channel.add(reader(deliver))
  }
  say('a')
  await flushed()
  // It wrote for 6 ms, so that the next one may begin 24 ms after its beginning, which was 16 ms ago.
  expect(outbox.leavesIn(0)).toBeCloseTo(8, 1)
})

test('what comes in the middle of a sweep is to be ready for the next one, not at once', async () => {
  const waits: number[] = []
  const { say, flushed } = slowWorld((outbox) => waits.push(outbox.leavesIn(3)))
  for (const text of ['a', 'b']) {
    say(text)
    await flushed()
  }
  expect(waits).toEqual([0, 20]) // how long a sweep takes the first one tells
})

test('a hundred frames for fifty listeners are a hundred and one buffers', async () => {
  const { channel, join, flushed } = world()
  const listeners = Array.from({ length: 50 }, join)
  const made = jest.spyOn(Buffer, 'allocUnsafe')
  const frames = Array.from({ length: 100 }, (_, i) => textFrame(`line ${i}`))
  for (const frame of frames) channel.push(frame, { numbered: true })
  await flushed()
  const lengths = frames.map(({ length }) => length)
  const ours = new Set([...lengths, lengths.reduce((sum, length) => sum + length)])
  const buffers = made.mock.calls.filter(([length]) => ours.has(length)) // others of the process make some, too
  expect(listeners.map(({ writes }) => writes.length)).toEqual(listeners.map(() => 1))
  expect(buffers).toHaveLength(101)
})
