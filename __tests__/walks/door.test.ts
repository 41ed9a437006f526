import { expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'
import { frameBytes, handshake, opcodes, RawSocket } from '../helpers/raw-socket.js'
import { UpgradeRefused, type SocketOptions } from '../helpers/test-socket.js'

const v1 = { protocols: ['chat-room.v1'] }

const statusOf = (world: World, options: SocketOptions) =>
  world.socket(options).then(
    () => 101,
    (error: unknown) => (error instanceof UpgradeRefused ? error.status : String(error)),
  )

test('who is not signed in is let in and sent away with 4001, without a frame', async () => {
  const world = await lobby()
  for (const options of [v1, {}]) {
    const socket = await world.socket(options)
    expect(await socket.closed).toEqual({ code: 4001, reason: 'Invalid user' })
    expect(socket.texts).toEqual([])
  }
})

test('only the exact path is a chat', async () => {
  const world = await lobby()
  const paths = ['/', '/chat/', '/chat2', '/CHAT', '/chat/x']
  expect(await Promise.all(paths.map((path) => statusOf(world, { path })))).toEqual(
    Array(5).fill(404),
  )
  expect((await world.get('/chat')).status).toBe(426)
})

test('what a client sends together with its request, before anybody answered, is read', async () => {
  const world = await lobby()
  const { cookie } = await world.signIn('ada')
  const frames = ['first-frame', 'second-frame'].map((cid) =>
    frameBytes({ opcode: opcodes.text, payload: JSON.stringify({ type: 'rooms', cid }) }),
  )
  const raw = await RawSocket.open(world.url)
  const asking = handshake(world.url, { cookie, 'sec-websocket-protocol': 'chat-room.v1' })
  raw.write(Buffer.concat([Buffer.from(asking), ...frames]))
  expect(await raw.head()).toMatchObject({ status: 101 })
  for (const cid of ['first-frame', 'second-frame'])
    expect(await raw.until(({ payload }) => payload.includes(`"ack","cid":"${cid}"`))).toBeDefined()
  raw.close()
})

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1.evil.example'])(
  'a page of %s may not open it',
  async (origin) => {
    expect(await statusOf(await lobby(), { origin })).toBe(403)
  },
)

test('a page of this server may, by any of its addresses', async () => {
  const world = await lobby()
  const { port } = new URL(world.url)
  expect(await statusOf(world, { origin: world.url })).toBe(101)
  expect(await statusOf(world, { origin: `http://localhost:${port}` })).toBe(101)
})

test('only unknown subprotocols are a bad request; ours among others is taken', async () => {
  const world = await lobby()
  expect(await statusOf(world, { protocols: ['mqtt'] })).toBe(400)
  const { ws } = await world.socket({ protocols: ['mqtt', 'chat-room.v1'] })
  expect(ws.protocol).toBe('chat-room.v1')
})

test('a foreign Host is told which line to add', async () => {
  const world = await lobby()
  const refusal = await world
    .socket({ headers: { host: 'rebound.example.com' } })
    .catch((e: unknown) => e)
  expect(refusal).toMatchObject({ status: 421, body: expect.stringContaining('origins') })
})

test('one connection too many is told so by 4004', async () => {
  const world = await lobby({ config: { 'limits.connections_per_session': 2 } })
  const { cookie } = await world.signIn('ada')
  const open = () => world.socket({ ...v1, cookie })
  await open()
  await open()
  expect(await (await open()).closed).toEqual({ code: 4004, reason: 'too many connections' })
})

test('more connections of one address than allowed are refused before 101', async () => {
  const world = await lobby({ config: { 'limits.connections_per_ip': 2 } })
  const { cookie } = await world.signIn('ada')
  expect(await statusOf(world, { ...v1, cookie })).toBe(101)
  expect(await statusOf(world, { ...v1, cookie })).toBe(101)
  expect(await statusOf(world, { ...v1, cookie })).toBe(429)
})

test('a binary frame, a frame over 64 KiB and 65 fragments each have their code', async () => {
  const closedBy = async (
    send: (ws: { send: (data: unknown, options?: object) => void }) => void,
  ) => {
    const world = await lobby()
    const person = await world.signIn('ada')
    const socket = await world.socket({ ...v1, cookie: person.cookie })
    send(socket.ws as never)
    return (await socket.closed).code
  }
  expect(await closedBy((ws) => ws.send(Buffer.from('{}')))).toBe(1003)
  expect(await closedBy((ws) => ws.send('x'.repeat(65_537)))).toBe(1009)
  expect(
    await closedBy((ws) => {
      for (let i = 0; i < 66; i++) ws.send('x', { fin: false })
    }),
  ).toBe(1008)
})

test('the eleventh malformed frame within a minute closes the connection; unknown types do not count', async () => {
  const world = await lobby({ people: ['ada'] })
  for (let i = 0; i < 30; i++) world.ada.sends({ type: 'dance', cid: `unknown-type-${i}` })
  for (let i = 0; i < 11; i++) world.ada.sends('not json')

  expect((await world.ada.socket.closed).code).toBe(1008)
  expect(world.ada.frames.filter(({ type }) => type === 'nack')).toHaveLength(41)
})
