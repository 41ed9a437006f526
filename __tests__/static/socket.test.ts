import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Early } from '../../static/js/early.js'
import { serverNow } from '../../static/js/server-time.js'
import { Timeline } from '../../static/js/models/timeline.js'
import { Connection, type State } from '../../static/js/socket.js'
import { NOON, said, snapshot } from './room-words.js'

interface Frame {
  type: string
  cid: string
  [field: string]: unknown
}

/** The browser's WebSocket, with the server's hand in it. */
class Line extends EventTarget {
  readyState = 1
  sent: Frame[] = []
  closed = false
  send = (text: string) => void this.sent.push(JSON.parse(text))
  close = () => void (this.closed = true)
  says = async (frame: object) => {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  goes = (code: number) =>
    void this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
  get last() {
    return this.sent.at(-1)
  }
}

const hello = { type: 'hello', user: { id: 1 }, epoch: 'e', time: NOON }

/** A connection that has joined a room of two lines. */
async function joined() {
  const world = open()
  await world.line.says(hello)
  await world.line.says({ type: 'joined', cid: world.line.last?.cid, ...snapshot(2) })
  return world
}

function open(early?: Early) {
  const lines: Line[] = []
  const states: State[] = []
  const heard: number[] = []
  const timeline = new Timeline()
  const connection = new Connection({
    url: 'ws://here/chat',
    room: 'lobby',
    timeline,
    random: () => 1,
    ...(early && { early }),
    makeSocket: () => {
      const line = new Line()
      lines.push(line)
      // The page uses a small part of a WebSocket.
      return line as unknown as WebSocket
    },
    on: {
      state: (state) => states.push(state),
      hello: () => undefined,
      joined: (_, fresh) => heard.push(...fresh.map(({ seq }) => seq)),
      said: (items) => heard.push(...items.map(({ seq }) => seq)),
      other: () => undefined,
    },
  })
  connection.open()
  return {
    connection,
    timeline,
    lines,
    states,
    heard,
    get line() {
      return lines.at(-1) ?? new Line()
    },
    get state() {
      return connection.state
    },
  }
}

/** What static/js/early.js has made by the time the page listens. */
function begun(...frames: object[]) {
  const at = Date.now()
  const line = new Line()
  const heard = frames.map((frame) => JSON.stringify(frame))
  const ws = line as unknown as WebSocket
  const early: Early = { ws, cid: 'cid-of-page', heard, at, ears: new AbortController() }
  return { line, early }
}

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

describe('in the room', () => {
  test('joins after hello and hears what is said', async () => {
    const world = await joined()
    expect(world.state.name).toBe('open')
    await world.line.says(said(3))
    expect(world.heard).toEqual([3])
  })

  test('asks once for what is missing and shows it in order', async () => {
    const world = await joined()
    await world.line.says(said(4))
    await world.line.says(said(5))
    expect(world.line.sent.map(({ type }) => type)).toEqual(['join', 'sync'])
    expect(world.line.last).toMatchObject({ epoch: 'e1', since: 2, mark: said(2).at })

    const answer = { ...snapshot(5, [said(3), said(4), said(5)]), mode: 'resume' }
    await world.line.says({ type: 'joined', cid: world.line.last?.cid, ...answer })
    expect(world.heard).toEqual([3, 4, 5])
  })

  test('the time is the server’s, whatever the clock of the device says', async () => {
    await joined()
    jest.advanceTimersByTime(5000)
    expect(serverNow()).toBe(NOON + 5000)
  })

  test('a lost tail shows in the heads', async () => {
    const world = await joined()
    await world.line.says({ type: 'heads', data: { lobby: 3 } })
    jest.advanceTimersByTime(1000)
    expect(world.line.last).toMatchObject({ type: 'sync', since: 2 })
  })

  test('a refused request is told with the server’s sentence', async () => {
    const world = await joined()
    const answer = world.connection.request({ type: 'chat', cid: 'cid-12345' })
    const nack = { type: 'nack', cid: 'cid-12345', code: 'muted', data: 'No.', retry: false }
    await Promise.all([expect(answer).rejects.toEqual(nack), world.line.says(nack)])
  })
})

describe('a line that the page began with', () => {
  const answer = { type: 'joined', cid: 'cid-of-page', ...snapshot(2) }

  test('brings what was said before anybody listened, in its order', async () => {
    const { line, early } = begun(hello, answer, said(3))
    const world = open(early)
    await world.connection.caughtUp
    await line.says(said(4))
    expect(world.heard).toEqual([3, 4])
    expect([line.sent, world.lines]).toEqual([[], []])
  })

  test('told the time when it came, not when somebody listened', async () => {
    const { early } = begun(hello)
    jest.advanceTimersByTime(4000)
    await open(early).connection.caughtUp
    expect(serverNow()).toBe(NOON + 4000)
  })

  test('is waited for when it has brought nothing yet', async () => {
    const { line, early } = begun()
    const world = open(early)
    await line.says(hello)
    await line.says(answer)
    expect([world.state.name, line.sent]).toEqual(['open', []])
  })

  test('is made anew when it was over before', async () => {
    const { early } = begun()
    const closed = Object.assign(new Event('close'), { code: 1006, reason: '', wasClean: false })
    const world = open({ ...early, closed })
    await world.connection.caughtUp
    expect(world.state.name).toBe('waiting')
    jest.advanceTimersByTime(1000)
    await world.line.says(hello)
    expect(world.line.last).toMatchObject({ type: 'join' })
  })
})

describe('coming back', () => {
  test('resumes where it stood', async () => {
    const world = await joined()
    world.line.goes(1006)
    jest.advanceTimersByTime(500)
    expect(world.lines).toHaveLength(2)
    await world.line.says(hello)
    expect(world.line.last).toMatchObject({ type: 'join', epoch: 'e1', since: 2, mark: said(2).at })
  })

  test('backs off up to half a minute, with jitter', () => {
    const world = open()
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      world.line.goes(1006)
      const wait = world.state.name === 'waiting' ? world.state.until - Date.now() : 0
      jest.advanceTimersByTime(wait)
      return wait
    })
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  })

  test('waits as bye says', async () => {
    const world = await joined()
    await world.line.says({ type: 'bye', reason: 'restart', reconnect_in_ms: 1234 })
    world.line.goes(1012)
    expect(world.state).toMatchObject({ name: 'waiting', until: Date.now() + 1234 })
  })

  test('leaves an overloaded server alone for five seconds at least', () => {
    const world = open()
    world.line.goes(1013)
    expect(world.state).toMatchObject({ until: Date.now() + 5500 })
  })

  test('forty silent seconds mean that the line is dead', async () => {
    const world = await joined()
    const { line } = world
    jest.advanceTimersByTime(39_000)
    expect(world.state.name).toBe('open')
    jest.advanceTimersByTime(1000)
    expect(world.state.name).toBe('waiting')
    expect(line.closed).toBe(true)
  })

  test('a join without an answer for five seconds is given up', async () => {
    const world = open()
    await world.line.says(hello)
    jest.advanceTimersByTime(5000)
    expect(world.state.name).toBe('waiting')
  })

  test('so is a line that no ack comes for', async () => {
    const world = await joined()
    const answer = world.connection.request({ type: 'chat' })
    jest.advanceTimersByTime(4999)
    expect(world.state.name).toBe('open')
    jest.advanceTimersByTime(1)
    expect(world.state.name).toBe('waiting')
    await expect(answer).rejects.toThrow('went')
  })

  test('a server that does not say hello is given ten seconds', () => {
    const world = open()
    jest.advanceTimersByTime(9999)
    expect(world.state.name).toBe('connecting')
    jest.advanceTimersByTime(1)
    expect(world.state.name).toBe('waiting')
  })

  test('a network that went takes the line with it, though no close comes', async () => {
    const world = await joined()
    world.connection.lost()
    expect([world.state.name, world.line.closed]).toEqual(['waiting', true])
    world.connection.lost()
    expect(world.lines).toHaveLength(1)
  })

  test('a network that is back is tried at once, whatever was tried without it', async () => {
    const world = await joined()
    for (let times = 0; times < 8; times += 1) {
      world.line.goes(1006)
      world.connection.open()
    }
    const stuck = world.line
    world.connection.found()
    expect([stuck.closed, world.lines.length]).toEqual([true, 10])

    world.line.goes(1006) // and then without the patience of those eight times
    expect(world.state).toMatchObject({ until: Date.now() + 1000 })
  })

  test('a network that is back leaves a line alone that is open', async () => {
    const world = await joined()
    world.connection.found()
    expect([world.state.name, world.lines.length]).toEqual(['open', 1])
  })

  test('what waits for an answer learns that the line went', async () => {
    const world = await joined()
    const answer = world.connection.request({ type: 'chat' })
    world.line.goes(1006)
    await expect(answer).rejects.toThrow('went')
  })

  test('try now does not wait', () => {
    const world = open()
    world.line.goes(1006)
    world.connection.open()
    expect(world.lines).toHaveLength(2)
    jest.advanceTimersByTime(500) // when it would have tried by itself
    expect(world.lines).toHaveLength(2)
  })
})

describe('stopping', () => {
  test.each([
    [1000, 'done'],
    [4001, 'signed-out'],
    [4003, 'no-access'],
    [4004, 'too-many'],
  ])('%d is final: %s', (code, why) => {
    const world = open()
    world.line.goes(code)
    jest.advanceTimersByTime(120_000)
    expect(world.state).toMatchObject({ name: 'stopped', why })
    expect(world.lines).toHaveLength(1)
  })

  test.each([1003, 1007, 1008, 1009])('%d is tried once more, then reported', (code) => {
    const world = open()
    world.line.goes(code)
    jest.advanceTimersByTime(1000)
    world.line.goes(code)
    jest.advanceTimersByTime(120_000)
    expect(world.state).toMatchObject({ name: 'stopped', why: 'faulty' })
    expect(world.lines).toHaveLength(2)
  })

  test.each([
    [{ room: 'lobby' }, { why: 'kicked', everywhere: false }],
    [{}, { why: 'kicked', everywhere: true }],
    [{ banned: true as const }, { why: 'banned', everywhere: true }],
  ])('who is sent out (%j) stays away: %j', (kicked, state) => {
    const world = open()
    world.connection.sentOut({ data: 'Out.', ...kicked })
    jest.advanceTimersByTime(120_000)
    expect(world.state).toEqual({ name: 'stopped', reason: 'Out.', ...state })
    expect(world.lines).toHaveLength(1)
    return expect(world.connection.request({ type: 'pins' })).rejects.toMatchObject({
      data: 'Out.',
    })
  })

  test('a room that is not there is told in the server’s words', async () => {
    const world = open()
    await world.line.says(hello)
    const nack = { code: 'no_such_room', data: 'There is no such room.', retry: false }
    await world.line.says({ type: 'nack', cid: world.line.last?.cid, ...nack })
    expect(world.state).toEqual({
      name: 'stopped',
      why: 'no-room',
      reason: 'There is no such room.',
    })
  })
})
