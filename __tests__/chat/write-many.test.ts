import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals'
import { Channel, type Listener } from '../../src/chat/channel.js'
import type { Connection } from '../../src/chat/connection.js'
import { Outbox } from '../../src/chat/outbox.js'
import { native, plainSocket, wayOf } from '../../src/chat/write-many.js'
import { connectionOn, openWire } from '../helpers/connection.js'

const { writeMany: compiled } = native
let server: Server
const sockets = new Set<Socket>()

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  jest.restoreAllMocks()
  native.writeMany = compiled
  for (const socket of sockets) socket.destroy()
  sockets.clear()
})
afterAll(() => void server.close())

/** Both ends of a line: the server's, and that of somebody who has not begun to read. */
async function line(): Promise<{ socket: Socket; reader: Socket }> {
  const accepted = once(server, 'connection')
  const { port } = server.address() as AddressInfo
  const reader = connect(port, '127.0.0.1').pause()
  const [socket] = (await accepted) as [Socket]
  for (const end of [socket, reader]) {
    sockets.add(end)
    end.on('error', () => {}) // some of these lines are broken on purpose
  }
  return { socket, reader }
}

const closing = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

/** A channel of an outbox of its own, and connections in it. */
function room() {
  const outbox = new Outbox()
  const channel = new Channel(outbox.wakeChannel)
  const enter = (socket: Socket, ws = openWire()) => {
    const connection = connectionOn({ ws, socket, wake: outbox.wakeConnection })
    return { channel, connection, listener: channel.add(connection) }
  }
  const say = async (bytes: Buffer, except?: ReadonlySet<Listener>) => {
    channel.push(bytes, { numbered: true, ...(except && { except }) })
    await new Promise<void>((resolve) => {
      outbox.wakeConnection({ flush: resolve } as unknown as Connection)
    })
  }
  return { enter, say }
}

/** What comes until so many bytes are there. */
async function bytesOf(reader: Socket, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let come = 0
  for await (const chunk of reader.resume() as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    come += chunk.length
    if (come >= length) break
  }
  return Buffer.concat(chunks)
}

/** In place of the compiled one: takes as many bytes as it is told, socket after socket, and writes nothing. */
function taking(...results: number[]) {
  const calls: number[][] = []
  native.writeMany = (descriptors, count) => {
    calls.push(Array.from(descriptors.subarray(0, count)))
    descriptors.set(results.slice(0, count))
  }
  return calls
}

const texts = ({ mock }: { mock: { calls: unknown[][] } }) =>
  mock.calls.map(([bytes]) => String(bytes))

test('one call writes to all who have nothing else to write; the others are written to one by one', async () => {
  const { enter, say } = room()
  const lines = [await line(), await line(), await line(), await line()]
  const [plain, withAnswer, leftOut, gone] = lines.map(({ socket }) => enter(socket))
  const writes = lines.map(({ socket }) => jest.spyOn(socket, 'write'))
  const calls = taking(5)
  withAnswer?.connection.sendFrame(Buffer.from('answer '))
  const way = plain?.connection.findWay() ?? -1
  lines[3]?.socket.destroy()
  await say(Buffer.from('hello'), new Set(leftOut ? [leftOut.listener] : []))

  expect(way).toBeGreaterThan(0)
  expect(gone?.connection.findWay()).toBe(-1)
  expect(calls).toEqual([[way]])
  expect(writes.slice(0, 3).map(texts)).toEqual([[], ['answer hello'], []])
})

test('what a socket did not take, or refused, goes through its stream', async () => {
  const { enter, say } = room()
  const lines = [await line(), await line(), await line(), await line()]
  for (const { socket } of lines) enter(socket)
  const [again, broken] = [-11, -32] // EAGAIN, EPIPE
  taking(5, 2, again, broken)
  const writes = lines.map(({ socket }) => jest.spyOn(socket, 'write'))
  await say(Buffer.from('hello'))
  expect(writes.map(texts)).toEqual([[], ['llo'], ['hello'], ['hello']])
})

/** The second way is there where the build found a compiler. */
const ways = compiled ? ['one by one', 'in one call'] : ['one by one']

test.each(ways)('%s: every byte comes once and in order, past full buffers', async (way) => {
  if (way === 'one by one') native.writeMany = undefined
  const { enter, say } = room()
  const [slow, quick] = [await line(), await line()]
  const { connection } = enter(slow.socket)
  enter(quick.socket)
  const [said, own]: [Buffer[], Buffer[]] = [[], []]
  const flushing = async (number: number) => {
    const bytes = Buffer.alloc(50_000, number)
    said.push(bytes)
    own.push(bytes)
    await say(bytes)
  }
  let read = 0
  quick.reader.on('data', ({ length }) => (read += length)).resume()
  for (let number = 0; connection.unsent === 0; number++) await flushing(number)
  for (let number = 0; number < 4; number++) {
    const answer = Buffer.alloc(100, 200 + number)
    own.push(answer)
    connection.sendFrame(answer)
    await flushing(100 + number)
  }

  // An answer goes before what the room says in the same flush, so that `own` is the order of the wire.
  const expected = Buffer.concat(own)
  const came = await bytesOf(slow.reader, expected.length)
  expect(came.equals(expected)).toBe(true)
  while (read < Buffer.concat(said).length) await once(quick.reader, 'data')
})

test.each(ways)(
  '%s: who breaks the line in the middle takes nothing from the others',
  async (way) => {
    if (way === 'one by one') native.writeMany = undefined
    const { enter, say } = room()
    const [broken, whole] = [await line(), await line()]
    enter(broken.socket)
    enter(whole.socket)
    await say(Buffer.from('one '))
    const closed = closing(broken.socket)
    broken.reader.resetAndDestroy()
    await say(Buffer.from('two '))
    await closed
    await say(Buffer.from('three'))
    expect(String(await bytesOf(whole.reader, 13))).toBe('one two three')
  },
)

test('a descriptor is told until the socket is closed or ended, and not a moment longer', async () => {
  const ends: [string, (socket: Socket) => unknown][] = [
    ['destroyed', (socket) => socket.destroy()],
    ['with an error', (socket) => socket.destroy(new Error('broken'))],
    ['reset', (socket) => socket.resetAndDestroy()],
    ['ended', (socket) => socket.end()],
  ]
  for (const [how, end] of ends) {
    const { socket } = await line()
    const connection = connectionOn({ socket })
    expect([how, wayOf(socket)?.descriptor]).toEqual([how, connection.findWay()])
    expect([how, connection.way > 0]).toEqual([how, true])
    const later: unknown[] = []
    for (const event of ['finish', 'error', 'close'])
      socket.on(event, () => later.push(wayOf(socket)))
    const closed = closing(socket)
    end(socket)
    expect([how, wayOf(socket)]).toEqual([how, undefined])
    if (socket.destroyed) expect([how, connection.way]).toEqual([how, -1])
    socket.destroySoon()
    await closed
    expect([how, connection.way]).toEqual([how, -1])
    expect([how, new Set(later)]).toEqual([how, new Set([undefined])])
  }
})

test('a flush looks at nobody to whom nothing happened since the last one', async () => {
  const { enter, say } = room()
  const looks: jest.SpiedFunction<Connection['findWay']>[] = []
  for (let i = 0; i < 3; i++) {
    const { socket } = await line()
    looks.push(jest.spyOn(enter(socket).connection, 'findWay'))
  }
  taking(5, 5, 5)
  const seen = []
  for (let i = 0; i < 3; i++) {
    await say(Buffer.from('hello'))
    seen.push(looks.map(({ mock }) => mock.calls.length))
  }
  expect(seen).toEqual([[1, 1, 1], [1, 1, 1], [1, 1, 1]]) // prettier-ignore
})

test('what happens to a connection makes a flush look at it anew', async () => {
  const happens: [string, (one: ReturnType<ReturnType<typeof room>['enter']> & { ws: ReturnType<typeof openWire> }) => unknown][] = [
    ['an answer', ({ connection }) => connection.sendFrame(Buffer.from('answer'))],
    ['a part of a flush', ({ connection }) => connection.deliver(Buffer.from('a'), Buffer.from('a'))],
    ['something behind the flush', ({ connection }) => (connection.sendAside(Buffer.from('aside')), connection.flush())],
    ['what its WebSocket writes', ({ ws }) => ws.emit('writes')],
    ['its leaving', ({ listener, channel }) => channel.remove(listener)],
  ] // prettier-ignore
  for (const [what, happen] of happens) {
    const { socket } = await line()
    const ws = openWire()
    const one = room().enter(socket, ws)
    expect([what, one.connection.way]).toEqual([what, -1])
    expect([what, one.connection.findWay() > 0]).toEqual([what, true])
    expect([what, one.connection.way]).toEqual([what, one.connection.findWay()])
    happen({ ...one, ws })
    expect([what, one.connection.way]).toEqual([what, -1])
  }
})

test('whose number another connection has got since gets nothing more, and that one only what is its own', async () => {
  const { enter, say } = room()
  const first = await line()
  const { connection } = enter(first.socket)
  const number = connection.findWay()
  first.socket.destroy()
  // The lowest free number is given out first: to one end of the lines that come now.
  const others: Socket[] = []
  const holds = (socket: Socket) => wayOf(socket)?.descriptor === number
  while (!others.some(holds)) {
    const { socket, reader } = await line()
    others.push(socket, reader)
  }
  const heir = others.find(holds)
  const writes = heir && jest.spyOn(heir, 'write')
  const calls = taking(5)
  await say(Buffer.from('hello'))

  expect(connection.findWay()).toBe(-1)
  expect([calls, writes?.mock.calls]).toEqual([[], []])
})

test('nothing goes past bytes that wait, are held together, or have to be encrypted', async () => {
  const { socket, reader } = await line()
  socket.cork()
  socket.write('held')
  expect(wayOf(socket)).toBeUndefined()
  socket.uncork()
  const drained = once(socket, 'drain')
  while (socket.write(Buffer.alloc(100_000)));
  expect(wayOf(socket)).toBeUndefined()
  reader.resume()
  await drained
  expect(wayOf(socket)?.descriptor).toBeGreaterThan(0)
  expect(plainSocket(new TLSSocket(socket))).toBeUndefined()
})
