import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Duplex } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { serve, type ServeOptions } from './serve.js'

const upgrade = { connection: 'Upgrade', upgrade: 'websocket', host: '127.0.0.1:8088' }

/** The gate, asked by upgrade requests as they come from a socket. */
async function gateOf(options: ServeOptions = {}) {
  const served = await serve(options)
  const { gate, http, port } = served

  async function knock(headers: Record<string, string> = {}, path = '/chat', method = 'GET') {
    const lines = Object.entries({ ...upgrade, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    const heard = new Promise<[IncomingMessage, Duplex]>((resolve) => {
      http.once('upgrade', (request, socket) => resolve([request, socket]))
    })
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    const [request, upgraded]: [IncomingMessage, Duplex] = await heard
    const decision = await gate(request)
    upgraded.destroy() // no server closes a socket that was upgraded
    return decision
  }
  const status = async (...asked: Parameters<typeof knock>) => {
    const decision = await knock(...asked)
    return 'status' in decision ? decision.status : decision.mode
  }
  return { ...served, knock, status }
}

describe('the path of an upgrade', () => {
  const wrong = ['/', '/chat/', '/chat/x', '/Chat', '/%63hat', '//chat', '/chatx', '/plain/chat', 'http://127.0.0.1/chat'] // prettier-ignore
  test.each(wrong)('is not %s', async (path) => {
    const { status } = await gateOf()
    expect(await status({}, path)).toBe(404)
  })

  test('is /chat, whatever its query', async () => {
    const { status } = await gateOf()
    expect(await status({}, '/chat')).toBe('classic')
    expect(await status({}, '/chat?a=/b')).toBe('classic')
  })

  test('lies under the base path, and there only', async () => {
    const { status } = await gateOf({ server: { base_path: '/x' } })
    expect(await status({}, '/x/chat')).toBe('classic')
    expect(await status({}, '/chat')).toBe(404)
  })

  test('takes no other upgrade than a WebSocket’s', async () => {
    const { status } = await gateOf()
    expect(await status({ upgrade: 'h2c' })).toBe(426)
    expect(await status({}, '/chat', 'POST')).toBe(426)
  })
})

describe('the Origin of an upgrade', () => {
  const origins = ['https://chat.example', 'chat.other:8443']

  test('may be absent, our own, or listed', async () => {
    const { status, port } = await gateOf({ server: { origins } })
    const from = (origin: string, host = `nas:${port}`) => status({ origin, host })

    expect(await status()).toBe('classic')
    expect(await from(`http://nas:${port}`)).toBe('classic')
    expect(await from(`HTTP://nas:${port}`.toLowerCase())).toBe('classic')
    expect(await from('https://nas', 'nas')).toBe('classic') // TLS ends at a proxy
    expect(await from('http://nas', 'nas:80')).toBe('classic')
    expect(await from('https://chat.example')).toBe('classic')
    expect(await from('https://chat.other:8443')).toBe('classic')
  })

  test('may be this machine under each of its addresses, with our port', async () => {
    const { status, port } = await gateOf()
    const list = Object.values(networkInterfaces()).flatMap((list = []) => list)
    const names = list.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))
    expect(names).toContain('127.0.0.1')

    for (const name of ['localhost', ...names.filter((name) => !name.startsWith('[fe80'))]) {
      expect([name, await status({ origin: `http://${name}:${port}`, host: 'nas' })]).toEqual([name, 'classic']) // prettier-ignore
      expect(await status({ origin: `http://${name}:${port + 1}`, host: 'nas' })).toBe(403)
    }
  })

  test('may be nothing else', async () => {
    const { status, port } = await gateOf({ server: { origins } })
    const foreign = ['null', '', 'evil.example', 'https://evil.example', `http://evil.example:${port}`, 'http://chat.example', 'https://chat.example:444', 'https://chat.example.evil.example', 'https://xchat.example', 'https://chat.example/', 'https://chat.example@evil.example', 'http://127.0.0.1.evil.example:8088', 'http://127.0.0.1:8089', 'file://', 'chrome-extension://abc', 'http://127.0.0.1:8088, http://evil.example'] // prettier-ignore
    for (const origin of foreign) expect([origin, await status({ origin })]).toEqual([origin, 403])
  })

  test('may be any with a star, which opens nothing else', async () => {
    const { status } = await gateOf({ server: { origins: ['*'] } })
    expect(await status({ origin: 'https://evil.example' })).toBe('classic')
    expect(await status({ origin: 'null' })).toBe('classic')
    expect(await status({ host: 'evil.example' })).toBe(421)
  })
})

test('a Host nobody knows is refused, with the line that would let it in', async () => {
  const { knock } = await gateOf()
  const decision = await knock({ host: 'evil.example:8088', 'accept-language': 'en' })
  expect(decision).toMatchObject({ status: 421 })
  expect(decision).toHaveProperty(
    'sentence',
    expect.stringContaining('origins[] = http://evil.example:8088'),
  )
})

describe('the subprotocol', () => {
  const offers: [string, string | number][] = [
    ['chat-room.v1', 'v1'],
    ['x, chat-room.v1', 'v1'],
    ['chat-room.v2', 400],
    ['CHAT-ROOM.V1', 400],
    ['', 'classic'],
  ]
  test.each(offers)('%j → %s', async (offered, expected) => {
    const { status } = await gateOf()
    expect(await status({ 'sec-websocket-protocol': offered })).toBe(expected)
  })
})

describe('who knocks', () => {
  test('is known by the cookie of the pages', async () => {
    const { knock, browser } = await gateOf()
    const ada = browser()
    await ada.signIn('Ada')
    const cookie = [...ada.jar].map(([name, value]) => `${name}=${value}`).join('; ')

    expect(await knock({ cookie, 'accept-language': 'en' })).toMatchObject({
      visitor: { user: { name: 'Ada' }, sidHash: expect.any(String) },
      lang: 'en',
      address: '127.0.0.1',
      mode: 'classic',
    })
    await ada.post('/signout')
    expect(await knock({ cookie })).not.toHaveProperty('visitor')
  })

  test('without a session, or with a broken one, is let in as nobody', async () => {
    const { knock } = await gateOf()
    for (const cookie of [
      '',
      'chat_room_abcdef=x; chat_room_abcdef.sig=y',
      '%',
      'x'.repeat(8000),
    ]) {
      expect(await knock({ cookie })).toEqual({
        mode: 'classic',
        lang: 'zh-CN',
        address: '127.0.0.1',
        origin: expect.any(Function),
      })
    }
  })

  test('with any token gets the same 401', async () => {
    const { knock } = await gateOf()
    const one = await knock({ authorization: 'Bearer x' })
    expect(one).toMatchObject({ status: 401 })
    expect(await knock({ authorization: 'bearer' })).toEqual(one)
    expect(await knock({ authorization: 'Basic eA==' })).toHaveProperty('mode')
  })

  test('too often is told when to come back', async () => {
    const { knock } = await gateOf({
      limits: { new_connections_per_window: 1 },
      server: { trust_proxy: ['127.0.0.1'] },
    })
    const from = (address: string) => knock({ 'x-forwarded-for': address, 'accept-language': 'en' })
    expect(await from('203.0.113.9')).toHaveProperty('mode')
    expect(await from('203.0.113.9')).toMatchObject({ status: 429, retryAfterS: 600 })
    expect(await from('203.0.113.10')).toHaveProperty('mode')
  })
})

test('a fault of the server is a 503, never an exception', async () => {
  const { browser, gate, knock, people } = await gateOf()
  const ada = browser()
  await ada.signIn('Ada')
  const cookie = [...ada.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  people.check = () => Promise.reject(new Error('SELECT secret'))

  expect(await knock({ cookie })).toMatchObject({ status: 503, retryAfterS: 5 })
  expect(await gate(Object.create(null))).toMatchObject({ status: 503 })
})
