import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, jest, test } from '@jest/globals'
import Koa from 'koa'
import websockify from 'koa-websocket'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { attach } from '../../src/chat/attach.js'
import { later, tidy } from '../helpers/tidy.js'

afterEach(tidy)

/** A client's WebSocket and the server's, and how often that had written before it said for the first time that it will. */
async function line() {
  const web = createServer().listen(0, '127.0.0.1')
  later(() => web.close())
  await once(web, 'listening')
  const accepted = new Promise<{ server: WebSocket; before: Promise<number> }>((resolve) => {
    const accept = (server: WebSocket, socket: Socket) => {
      const { mock } = jest.spyOn(socket, 'write')
      const before = new Promise<number>((tell) => {
        server.once('writes', () => tell(mock.calls.length))
      })
      resolve({ server, before })
    }
    attach({
      app: websockify(new Koa()),
      server: web,
      gate: async () => ({ mode: 'v1', lang: 'en', address: '::1', origin: () => '' }),
      refuse: () => undefined,
      count: () => () => {},
      accept,
      log: pino({ level: 'silent' }),
    })
  })
  const { port } = web.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}`)
  later(() => client.terminate())
  await once(client, 'open')
  return { client, ...(await accepted) }
}

test('it says so before it answers a ping', async () => {
  const { client, before } = await line()
  const answered = once(client, 'pong')
  client.ping('here')
  await answered
  expect(await before).toBe(0)
})

test('it says so before its close frame, whether it answers one, is asked to or has enough by itself', async () => {
  const closes: ((line: { client: WebSocket; server: WebSocket }) => void)[] = [
    ({ client }) => client.close(1000),
    ({ server }) => server.close(1000),
    ({ client, server }) => {
      server.on('error', () => {})
      client.send('x'.repeat(100_000)) // more than a frame may have
    },
  ]
  for (const close of closes) {
    const { client, server, before } = await line()
    const closed = once(client, 'close')
    close({ client, server })
    await closed
    expect(await before).toBe(0)
  }
})
