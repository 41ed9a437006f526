import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Streams } from '../../src/chat/streams.js'
import type { Delta, User } from '../../src/protocol.js'

const bird: User = { id: 0, name: 'bird', imageid: 'bot', kind: 'bot' }

beforeEach(() => {
  jest.useFakeTimers({ now: 5_000 })
})
afterEach(() => {
  jest.useRealTimers()
})

/** A room's streams, and what its members are told: `[offset, data]` of each delta. */
function room() {
  const deltas: Delta[] = []
  const streams = new Streams({
    room: 'lobby',
    tell: (json) => deltas.push(JSON.parse(json)),
    at: () => Date.now(),
  })
  const told = () => deltas.map(({ offset, data }) => [offset, data])
  const open = (stream = 'b.1', stop = async () => undefined) =>
    streams.open({ stream, user: bird, cause: 4, stop })
  return { streams, open, deltas, told, pass: (ms: number) => jest.advanceTimersByTime(ms) }
}

/** What a client shows that follows the rule of the protocol. */
const assembled = (deltas: readonly Delta[]): string =>
  deltas.reduce((text, { offset, data }) => text.slice(0, offset) + data, '')

test('a stream is told as soon as it opens, with whose it is and what it answers', () => {
  const { open, deltas } = room()
  open()

  expect(deltas).toEqual([
    {
      type: 'delta',
      room: 'lobby',
      stream: 'b.1',
      user: bird,
      cause: 4,
      at: 5_000,
      offset: 0,
      data: '',
    },
  ])
})

test('what is written within 80 ms shares a delta', () => {
  const { open, told, pass } = room()
  const growing = open()
  pass(100)
  for (const text of ['a', 'ab', 'abc', 'abcd']) growing.show(text)
  pass(79)
  expect(told()).toEqual([
    [0, ''],
    [0, 'a'],
  ])
  pass(1)
  expect(told().at(-1)).toEqual([1, 'bcd'])
})

test('200 characters do not wait', () => {
  const { open, told } = room()
  const growing = open()
  growing.show('x'.repeat(199))
  expect(told()).toHaveLength(1)
  growing.show('x'.repeat(200))
  expect(told().at(-1)).toEqual([0, 'x'.repeat(200)])
})

test('offsets count UTF-16 units', () => {
  const { open, told, pass } = room()
  const growing = open()
  growing.show('小鸟🐦')
  pass(80)
  growing.show('小鸟🐦!')
  pass(80)
  expect(told().slice(1)).toEqual([
    [0, '小鸟🐦'],
    [4, '!'],
  ])
})

test('the whole text is told every two seconds, and once more after the last delta', () => {
  const { open, told, pass } = room()
  const growing = open()
  for (let n = 1; n <= 25; n++) {
    growing.show('x'.repeat(n))
    pass(100)
  }
  pass(10_000)
  const wholes = told().filter(([offset, data]) => offset === 0 && data !== '')

  expect(wholes.map(([, data]) => String(data).length)).toEqual([1, 21, 25])
})

test('a text that is replaced is told whole', () => {
  const { open, deltas, pass } = room()
  const growing = open()
  growing.show('I think it is 4')
  pass(80)
  growing.show('It is 5')
  pass(80)
  expect(deltas.at(-1)).toMatchObject({ offset: 0, data: 'It is 5' })
  expect(assembled(deltas)).toBe('It is 5')
})

test('whoever comes in the middle gets what the others have, so that the next delta fits', () => {
  const { streams, open, deltas, pass } = room()
  const growing = open()
  growing.show('half')
  pass(80)
  growing.show('half an answer')
  const [seen] = streams.all()
  const before = deltas.length
  pass(80)

  expect(seen).toMatchObject({ stream: 'b.1', offset: 0, data: 'half' })
  expect(assembled([...(seen ? [seen] : []), ...deltas.slice(before)])).toBe('half an answer')
})

test('nothing is told of a stream after its message is there', () => {
  const { streams, open, told, pass } = room()
  const growing = open()
  growing.show('done')
  streams.over('b.1')
  growing.show('done and more')
  growing.drop('error')
  pass(10_000)

  expect(told()).toEqual([[0, '']])
  expect(streams.all()).toEqual([])
  expect(streams.running('b.1')).toBeUndefined()
})

test('a stream that leaves no message is told as ended, empty', () => {
  const { streams, open, deltas } = room()
  const growing = open()
  growing.show('never mind')
  growing.drop('cancelled')

  expect(deltas.at(-1)).toMatchObject({ offset: 0, data: '', ended: 'cancelled' })
  expect(streams.all()).toEqual([])
})

test('closing asks every stream to end and refuses new ones', async () => {
  const { streams, open } = room()
  const stopped: string[] = []
  open('b.1', async () => void stopped.push('b.1'))
  open('b.2', async () => void stopped.push('b.2'))
  await streams.close()

  expect(stopped).toEqual(['b.1', 'b.2'])
  expect(() => open('b.3')).toThrow('draining')
})
