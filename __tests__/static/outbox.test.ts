import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { forgetAll, Outbox } from '../../static/js/models/outbox.js'
import { newCid } from '../../static/js/models/cid.js'
import { Draft } from '../../static/js/models/draft.js'
import type { Ack, Line } from '../../static/js/models/outbox.js'
import { RETRYABLE, type NackCode } from '../../src/protocol.js'
import { NOON } from './room-words.js'
import { Storage } from './storage.js'

/** A server that answers when the test says so. */
class Server {
  sent: { line: Line; ack(seq?: number): Promise<void>; refuse(error: unknown): Promise<void> }[] =
    []
  send = (line: Line) =>
    new Promise<Ack>((resolve, reject) => {
      this.sent.push({
        line: { ...line },
        ack: async (seq) => {
          resolve(seq === undefined ? {} : { seq })
          await settled()
        },
        refuse: async (error) => {
          reject(error)
          await settled()
        },
      })
    })
  get texts() {
    return this.sent.map(({ line }) => line.data)
  }
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
/** Everything that the server may answer a line with; a code that is missing here does not compile. */
const CODES: Record<NackCode, true> = {
  bad_request: true,
  unknown_type: true,
  too_long: true,
  empty: true,
  not_joined: true,
  no_such_room: true,
  no_such_message: true,
  no_such_user: true,
  no_such_invite: true,
  waiting: true,
  denied: true,
  muted: true,
  too_late: true,
  closed: true,
  expired: true,
  no_such_choice: true,
  wrong_fields: true,
  too_many: true,
  cid_conflict: true,
  rate_limited: true,
  slow_mode: true,
  storage_full: true,
  overloaded: true,
  draining: true,
  unknown: true,
}
const codes = Object.keys(CODES) as NackCode[]
const muted = { code: 'muted', data: 'You are muted.', retry: false }

let storage: Storage
let server: Server
const open = (user = 7, takeBack?: (line: Line) => boolean) =>
  new Outbox({
    storage,
    server: 's1',
    user,
    room: 'lobby',
    send: server.send,
    changed: () => undefined,
    ...(takeBack && { takeBack }),
  })
const online = (outbox = open(), epoch = 'e1') => {
  outbox.bind(epoch)
  outbox.connected()
  return outbox
}
const states = (outbox: Outbox) => outbox.lines.map(({ data, state }) => `${data}: ${state}`)

beforeEach(() => {
  jest.useFakeTimers()
  storage = new Storage()
  server = new Server()
})
afterEach(() => void jest.useRealTimers())

describe('sending', () => {
  test('lines go one at a time and in order', async () => {
    const outbox = online()
    outbox.add('one', NOON)
    outbox.add('two', NOON)
    expect(server.texts).toEqual(['one'])

    await server.sent[0]?.ack(1)
    expect(server.texts).toEqual(['one', 'two'])
    expect(states(outbox)).toEqual(['one: sent', 'two: sending'])
  })

  test('lines keep their order though the clock was put back between them', () => {
    const outbox = open()
    outbox.add('one', NOON)
    outbox.add('two', NOON - 3_600_000)
    expect(states(open())).toEqual(['one: waiting', 'two: waiting'])
  })

  test('a line stays until the room shows it', async () => {
    const outbox = online()
    outbox.add('one', NOON)
    await server.sent[0]?.ack(5)
    outbox.settle(4)
    expect(states(outbox)).toEqual(['one: sent'])
    outbox.settle(5)
    expect(outbox.lines).toEqual([])
  })

  test('a command leaves nothing behind', async () => {
    const outbox = online()
    outbox.add('/nick', NOON)
    await server.sent[0]?.ack()
    expect(outbox.lines).toEqual([])
  })

  test('what is typed offline is sent after connecting', () => {
    const outbox = open()
    outbox.add('typed on the train', NOON)
    expect(server.texts).toEqual([])
    online(outbox)
    expect(server.texts).toEqual(['typed on the train'])
  })

  test('a line without an answer goes again under the same cid', async () => {
    const outbox = online()
    outbox.add('one', NOON)
    outbox.disconnected()
    await server.sent[0]?.refuse(new Error('the connection went'))
    expect(states(outbox)).toEqual(['one: waiting'])

    outbox.connected()
    expect(server.sent.map(({ line }) => line.cid)).toEqual([
      outbox.lines[0]?.cid,
      outbox.lines[0]?.cid,
    ])
  })

  test('too fast for slow mode: it goes at once when the room keeps another pace', async () => {
    const outbox = online()
    outbox.add('one', NOON)
    const slow = { code: 'slow_mode', data: 'Wait.', retry: true, retry_after_ms: 600_000 }
    await server.sent[0]?.refuse(slow)
    expect(states(outbox)).toEqual(['one: waiting'])
    outbox.again()
    expect(server.texts).toEqual(['one', 'one'])
  })

  test('too fast: it waits as long as the server says, and the next one behind it', async () => {
    const outbox = online()
    outbox.add('one', NOON)
    await server.sent[0]?.refuse({
      code: 'rate_limited',
      data: 'Wait.',
      retry: true,
      retry_after_ms: 3000,
    })
    outbox.add('two', NOON)
    expect(server.texts).toEqual(['one'])

    jest.advanceTimersByTime(3000)
    expect(server.texts).toEqual(['one', 'one'])
  })

  test('a refused line says why, lets the next one pass, and goes again under a new cid', async () => {
    const outbox = online()
    const { cid } = outbox.add('one', NOON)
    outbox.add('two', NOON)
    await server.sent[0]?.refuse(muted)
    await server.sent[1]?.ack(1)
    expect(outbox.lines[0]).toMatchObject({ state: 'failed', fault: 'You are muted.' })

    outbox.retry(cid)
    expect(server.texts).toEqual(['one', 'two', 'one'])
    expect(server.sent[2]?.line.cid).not.toBe(cid)
  })

  test('a line that is refused for good goes back to where it was written, if there is a place', async () => {
    const back: string[] = []
    const outbox = online(open(7, (line) => back.push(`${line.data}: ${line.fault}`) === 1))
    for (const text of ['one', 'two', 'three']) outbox.add(text, NOON)
    await server.sent[0]?.refuse(muted)
    await server.sent[1]?.refuse(muted)
    await server.sent[2]?.refuse({ ...muted, retry: true })
    expect(back).toEqual(['one: You are muted.', 'two: You are muted.'])
    expect(outbox.lines.map(({ data, state }) => `${data} ${state}`)).toEqual([
      'two failed',
      'three waiting',
    ])
    expect(storage.length).toBe(2)
  })

  test.each(codes.filter((code) => !RETRYABLE.has(code)))(
    'what was refused as %s goes back with the reason',
    async (code) => {
      const back: string[] = []
      const outbox = online(open(7, (line) => back.push(`${line.data}: ${line.fault}`) > 0))
      outbox.add('one', NOON)
      await server.sent[0]?.refuse({ code, data: 'The reason.', retry: false })
      expect([back, outbox.lines]).toEqual([['one: The reason.'], []])
    },
  )

  test.each(codes.filter((code) => RETRYABLE.has(code)))(
    'what was put off as %s is kept and goes again',
    async (code) => {
      const outbox = online(open(7, () => true))
      outbox.add('one', NOON)
      await server.sent[0]?.refuse({ code, data: 'Later.', retry: true, retry_after_ms: 1 })
      expect(outbox.lines).toMatchObject([{ data: 'one', state: 'waiting' }])
      await jest.advanceTimersByTimeAsync(1)
      expect(server.texts).toEqual(['one', 'one'])
    },
  )

  test('a refused line can be taken back for editing', async () => {
    const outbox = online()
    const { cid } = outbox.add('one', NOON)
    await server.sent[0]?.refuse(muted)
    expect(outbox.take(cid)?.data).toBe('one')
    expect(outbox.lines).toEqual([])
    expect(storage.length).toBe(0)
  })

  test('a line that failed without a word, and was put back, is not sent by itself after a reload', () => {
    const line = open().add('one', NOON)
    open().putBack({ ...line, state: 'failed' })
    expect(states(open())).toEqual(['one: failed'])
  })

  test('a line on its way cannot be taken back', () => {
    const outbox = online()
    const { cid } = outbox.add('one', NOON)
    expect(outbox.take(cid)).toBeUndefined()
  })

  test('a line whose answer was lost is no other one until the server has said so, also after a reload', async () => {
    const outbox = online()
    const { cid } = outbox.add('one', NOON)
    outbox.disconnected()
    await server.sent[0]?.refuse(new Error('the connection went'))
    expect(outbox.take(cid, { sure: true })).toBeUndefined()
    const after = open()
    after.bind('e1')
    expect(after.take(cid, { sure: true })).toBeUndefined()

    outbox.connected()
    await server.sent[1]?.refuse({ code: 'slow_mode', data: 'Wait.', retry: true })
    expect(outbox.take(cid, { sure: true })?.data).toBe('one')
  })

  test.each([
    ['rate_limited', true],
    ['overloaded', false],
    ['unknown', false],
  ])(
    'what was put off as %s after its answer was lost cannot be stored: %p',
    async (code, sure) => {
      const outbox = online()
      const { cid } = outbox.add('one', NOON)
      await server.sent[0]?.refuse(new Error('the connection went'))
      await jest.advanceTimersByTimeAsync(1_000)
      await server.sent[1]?.refuse({ code, data: 'Later.', retry: true })
      expect(outbox.take(cid, { sure: true }) !== undefined).toBe(sure)
    },
  )

  test('a line that may be stored after all is tried again under its cid', async () => {
    const outbox = online()
    const { cid } = outbox.add('one', NOON)
    for (const again of Array.from({ length: 8 }).keys()) {
      await server.sent[again]?.refuse({ code: 'unknown', data: 'Perhaps.', retry: true })
      await jest.advanceTimersByTimeAsync(30_000)
    }
    expect(states(outbox)).toEqual(['one: failed'])
    outbox.retry(cid)
    expect(server.sent.map(({ line }) => line.cid)).toEqual(Array.from({ length: 9 }, () => cid))
  })
})

describe('a reloaded page', () => {
  test('sends what was left, under the same cid', () => {
    const before = open()
    before.bind('e1')
    const { cid } = before.add('left behind', NOON)

    online()
    expect(server.sent.map(({ line }) => [line.data, line.cid])).toEqual([['left behind', cid]])
  })

  test('keeps the order of what was left', () => {
    const before = open()
    before.bind('e1')
    for (const text of ['one', 'two', 'three']) before.add(text, NOON)
    expect(states(online())).toEqual(['one: sending', 'two: waiting', 'three: waiting'])
  })

  test('takes up what was typed before the server was ever reached', () => {
    open().add('early', NOON)
    online()
    expect(server.texts).toEqual(['early'])
  })

  test.each([
    ['the server lost its history', 7, 'e2'],
    ['somebody else signed in', 8, 'e1'],
  ])('gives back what may have been sent when %s', (_, user, epoch) => {
    const before = open()
    before.bind('e1')
    before.add('perhaps sent', NOON)

    const outbox = open(user)
    expect(outbox.bind(epoch).map(({ data }) => data)).toEqual(['perhaps sent'])
    outbox.connected()
    expect(server.texts).toEqual([])
    expect(open(user).bind(epoch)).toEqual([])
  })

  test('a page that stays open over a change of epoch sends nothing by itself either', () => {
    const outbox = open()
    outbox.bind('e1')
    outbox.add('perhaps sent', NOON)
    expect(outbox.bind('e2').map(({ data }) => data)).toEqual(['perhaps sent'])
    outbox.connected()
    expect(server.texts).toEqual([])
  })

  test('two tabs do not write over each other', () => {
    const [one, two] = [open(), open()]
    one.bind('e1')
    two.bind('e1')
    one.add('from the first', NOON)
    two.add('from the second', NOON + 1)
    expect(states(online())).toEqual(['from the first: sending', 'from the second: waiting'])
  })
})

test('a full storage is told, and the line is sent all the same', () => {
  storage.full = true
  const outbox = online()
  outbox.add('one', NOON)
  expect(outbox.kept).toBe(false)
  expect(server.texts).toEqual(['one'])
})

test('a draft outlives the page, and leaves with its room', () => {
  const draft = () => new Draft({ storage, server: 's1', room: 'lobby' })
  draft().keep('half a senten')
  expect(draft().text).toBe('half a senten')
  expect(new Draft({ storage, server: 's1', room: 'tea' }).text).toBe('')
  draft().keep('')
  expect(storage.length).toBe(0)
})

test('signing out takes everything of this server out of the browser, and nothing else', () => {
  storage.setItem('other', 'stays')
  new Draft({ storage, server: 's1', room: 'lobby' }).keep('secret')
  open().add('secret', NOON)
  forgetAll(storage, 's1')
  expect([storage.length, storage.key(0)]).toEqual([1, 'other'])
})

test('a cid has the form that the server asks for, and is never the same', () => {
  const cids = Array.from({ length: 1000 }, newCid)
  expect(cids.every((cid) => /^[A-Za-z0-9._~:-]{8,64}$/.test(cid))).toBe(true)
  expect(new Set(cids).size).toBe(1000)
})
