import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, jest, test } from '@jest/globals'
import websockify from 'koa-websocket'
import Koa from 'koa'
import { pino } from 'pino'
import { attach } from '../../src/chat/attach.js'
import { httpServer } from '../../src/listen.js'
import { withoutBytes } from '../../src/log.js'
import { handshake, RawSocket } from '../helpers/raw-socket.js'
import { lobby } from '../helpers/lobby.js'
import { later, tidy } from '../helpers/tidy.js'

/** Lines of TCP that speak HTTP as nobody should: what is left of them, and what of it is in the log. */

afterEach(() => void jest.useRealTimers())
afterEach(tidy)

async function listening(server: Server): Promise<{ url: string; port: number }> {
  later(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port }
}

/** A client that says this, and hangs up only when it is told to. */
async function stubborn(port: number, says: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  later(() => socket.destroy())
  socket.on('error', () => {}) // it is cut
  socket.write(says)
  await once(socket, 'data')
  return socket
}

test('who asked for another protocol and does not hang up is hung up on, whatever the answer was', async () => {
  jest.useFakeTimers({ advanceTimers: false, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] }) // prettier-ignore
  const server = createServer((_, response) => void response.end('plain'))
  attach({
    app: websockify(new Koa()),
    server,
    gate: async () => ({ status: 403, sentence: 'No.' }),
    refuse: () => undefined,
    count: () => () => {},
    accept: () => {},
    log: pino({ level: 'silent' }),
  })
  const { url, port } = await listening(server)
  for (const says of [handshake(url), handshake(url, { upgrade: 'h2c' })]) {
    const arrived = once(server, 'connection')
    await stubborn(port, says)
    const [ours] = (await arrived) as [Socket]
    if (!ours.writableFinished) await once(ours, 'finish')
    expect(ours.destroyed).toBe(false)
    jest.advanceTimersByTime(4_999)
    expect(ours.destroyed).toBe(false)
    jest.advanceTimersByTime(1)
    expect(ours.destroyed).toBe(true)
  }
})

test('sixteen requests may wait for their answers; who sends a thousand ahead is cut, and costs no more than those', async () => {
  const waiting: ServerResponse[] = []
  const config = Object.assign(Object.create(null), { tls_cert: '', tls_key: '' })
  const server = httpServer(config, (_, response) => void waiting.push(response))
  const { url } = await listening(server)
  const one = `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`

  const patient = await RawSocket.open(url)
  for (const count of [16, 1]) {
    patient.write(one.repeat(count))
    while (waiting.length < count) await once(server, 'request')
    for (const response of waiting.splice(0)) response.end()
    for (let n = 0; n < count; n++) expect((await patient.head()).status).toBe(200)
  }
  patient.close()

  const greedy = await RawSocket.open(url)
  greedy.write(one.repeat(1_000))
  expect((await greedy.head()).status).toBe(0) // cut
  expect(waiting).toHaveLength(16)
})

test('what is no HTTP, is cut off or is refused again and again leaves a line of the log each, without its bytes', async () => {
  const world = await lobby()
  const host = `Host: ${new URL(world.url).host}\r\n`
  const secret = 'CANARY-of-a-broken-body'
  const post = `POST /signin HTTP/1.1\r\n${host}Cookie: x=${secret}\r\nContent-Type: application/json\r\n`
  const ends = async (says: string) => {
    const raw = await RawSocket.open(world.url)
    raw.write(says)
    while ((await raw.head()).status !== 0) continue // until it is cut
  }
  for (let n = 0; n < 3; n++) {
    await ends(`${post}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n${secret}\r\n`)
    await ends(
      `${post}Connection: close\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n`,
    )
    await ends(handshake(world.url, { origin: 'http://evil.example' }))
  }
  const shown = () =>
    world.logged
      .map((line) => JSON.parse(line))
      .filter(({ event, msg }) => event === 'connection' || msg === 'refused')
  while (shown().length < 3) await turn() // the last may be on its way
  expect(shown()).toMatchObject([
    { event: 'connection', code: 'HPE_INVALID_CHUNK_SIZE', msg: 'answer not finished' },
    { event: 'cross-site', address: '127.0.0.1', method: 'POST' },
    { event: 'upgrade', address: '127.0.0.1', status: 403 },
  ])
  expect(world.logged.join('\n')).not.toMatch(/CANARY|rawPacket|"err"/)
})

test('a request that two readers could cut in two ways, or of two hosts, gets one refusal and no second answer', async () => {
  const { url } = await lobby()
  const host = `Host: ${new URL(url).host}\r\n`
  const hidden = `GET /healthz HTTP/1.1\r\n${host}\r\n`
  const post = `POST /signin HTTP/1.1\r\n${host}Content-Type: application/json\r\n`
  const shapes = [
    `${post}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${hidden}`,
    `${post}Content-Length: 5\r\nContent-Length: 0\r\n\r\n${hidden}`,
    `${post}Content-Length: +0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `GET /healthz HTTP/1.1\n${host}\n${hidden}`,
    `GET /healthz HTTP/1.1\r\n${host}X: a\rb\r\n\r\n${hidden}`,
    `GET /healthz HTTP/1.1\r\n${host}Host: evil.example\r\nConnection: close\r\n\r\n${hidden}`,
    handshake(url, { Host: 'evil.example' }) + hidden,
    handshake(url, { upgrade: 'h2c', connection: 'Upgrade, close', Host: 'evil.example' }) + hidden,
  ]
  for (const shape of shapes) {
    const raw = await RawSocket.open(url)
    raw.write(shape)
    const statuses: number[] = []
    for (let status; (status = (await raw.head()).status) !== 0;) statuses.push(status)
    expect([shape, statuses]).toEqual([shape, [400]])
  }
})

test('an error of Node’s that has the bytes of a request is logged without them', () => {
  const lines: string[] = []
  const log = pino(
    { serializers: { err: withoutBytes } },
    { write: (line) => void lines.push(line) },
  )
  const error = Object.assign(new Error('Parse Error'), { code: 'HPE_X', rawPacket: Buffer.from('secret') }) // prettier-ignore
  log.error({ err: error }, 'failed')
  log.error({ err: 'no error at all' }, 'failed')
  expect(lines.map((line) => JSON.parse(line).err)).toMatchObject([{ message: 'Parse Error', code: 'HPE_X' }, 'no error at all']) // prettier-ignore
  expect(lines.join('')).not.toContain('rawPacket')
})
