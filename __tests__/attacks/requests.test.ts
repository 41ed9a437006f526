import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import Keygrip from 'keygrip'
import { HOOK } from '../helpers/doors.js'
import { command, Program } from '../helpers/program.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { handshake, opcodes, RawSocket } from '../helpers/raw-socket.js'

/** What a hostile browser, page or program sends over HTTP. */

const COOKIES = 2_000
const SOCKETS = 300
const SEED = 33

let world: World & { ada: Person; grace: Person }
beforeAll(async () => {
  const plugins = {
    'bot:ci': { use: 'webhook-in', token: HOOK },
    'bot:koishi': { use: 'satori', token: 'a-satori-token-of-24-chars' },
  }
  world = await lobby({ people: ['ada', 'grace'], plugins, life: 'file' })
  await world.gives(world.grace, 'host')
})

const signed = (name: string, value: string, key: string) =>
  `${name}=${value}; ${name}.sig=${new Keygrip([key], 'sha256').sign(`${name}=${value}`)}`
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')

/** So many a line may send ahead of their answers. */
const AHEAD = 16

/** Asks over bare lines, each as it stands: `fetch` would walk a path and refuse a header itself. */
async function statuses(asked: readonly string[]): Promise<{ codes: number[]; all: string }> {
  const { host, port, hostname } = new URL(world.url)
  let all = ''
  for (let first = 0; first < asked.length; first += AHEAD) {
    const socket = connect(Number(port), hostname)
    const requests = asked
      .slice(first, first + AHEAD)
      .map((lines) => `${lines}\r\nHost: ${host}\r\nAccept: application/json\r\n`)
    socket.write(`${requests.join('\r\n')}Connection: close\r\n\r\n`, 'latin1')
    all += await text(socket)
  }
  const codes = [...all.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code))
  return { codes, all }
}

/** Cookies that are nearly Ada's. */
function spoiled({ cookie }: Person, gone: string): fc.Arbitrary<string> {
  const pairs = cookie.split('; ').filter((pair) => !pair.includes('device'))
  const [name = '', value = ''] = pairs[0]?.split(/=(.*)/) ?? []
  const [, sig = ''] = pairs[1]?.split(/=(.*)/) ?? []
  const both = (value: string, sig: string) => `${name}=${value}; ${name}.sig=${sig}`
  const flipped = (text: string) =>
    fc
      .tuple(fc.nat(text.length - 1), fc.constantFrom(...Array.from('AZaz09-_=+/"%; \u00e9')))
      // The last character of a hash has bits that mean nothing, and which a decoder would let pass.
      .filter(([at, by]) => text[at] !== by)
      .map(([at, by]) => text.slice(0, at) + by + text.slice(at + 1))
  const cut = (text: string) => fc.nat(text.length - 1).map((at) => text.slice(0, at))
  const payload = fc.oneof(
    fc.constantFrom<unknown>(null, 5, [], {}, { sid: 1 }, { sid: '' }, { sid: ['x'] }),
    fc.record({ sid: fc.string(), _expire: fc.constantFrom(0, 1e308, -1, null, 'x') }),
    fc.constant(JSON.parse('{"__proto__": {"sid": "x"}, "constructor": {"sid": "x"}}')),
    fc.json(),
  )
  const keys = ['', 'a-key-that-was-never-in-the-list!!', 'x'.repeat(32), name, sig]
  const rubbish = fc.string({
    unit: fc.constantFrom(...Array.from('ab=;," \\%\u00ff&/')),
    maxLength: 40,
  })
  return fc.oneof(
    flipped(value).map((value) => both(value, sig)),
    flipped(sig).map((sig) => both(value, sig)),
    cut(value).map((value) => both(value, sig)),
    cut(sig).map((sig) => both(value, sig)),
    fc.tuple(payload, fc.constantFrom(...keys)).map(([it, key]) => signed(name, json(it), key)),
    fc.constantFrom(...keys).map((key) => signed(name, value, key)),
    // Of two of a name the first counts.
    flipped(value).map((wrong) => `${name}=${wrong}; ${both(value, sig)}`),
    fc.nat(8_000).map((length) => both('x'.repeat(length), sig)),
    fc
      .constantFrom(name.toUpperCase(), `__Host-${name}`, `${name}x`, 'koa.sess')
      .map((other) => both(value, sig).replaceAll(name, other)),
    fc.constant(`${name}=${value}`),
    fc.constant(gone),
    rubbish,
    rubbish.map((text) => `${name}=${text}; ${name}.sig=${sig}`),
  )
}

test('two thousand cookies that are nearly somebody’s are nobody’s, and no fault of the server', async () => {
  const eve = await world.signIn('eve')
  await world.get('/signout', { method: 'POST', headers: { cookie: eve.cookie } })
  const all = fc.sample(spoiled(world.ada, eve.cookie), { numRuns: COOKIES, seed: SEED })
  const own = world.ada.cookie // without it all of this would mean nothing
  const asked = [...all, own].map((cookie) => `HEAD / HTTP/1.1\r\nCookie: ${cookie}`)
  const { codes } = await statuses(asked)

  expect(codes.slice(COOKIES)).toEqual([200])
  expect(all.filter((_, index) => codes[index] !== 302)).toEqual([])
})

test('nor do they open the chat: each is sent away without a frame', async () => {
  const eve = await world.signIn('eve')
  await world.get('/signout', { method: 'POST', headers: { cookie: eve.cookie } })
  const all = fc.sample(spoiled(world.ada, eve.cookie), { numRuns: SOCKETS, seed: SEED })
  const opened: string[] = []
  for (const cookie of all) {
    const raw = await RawSocket.open(world.url)
    const headers = { cookie, 'sec-websocket-protocol': 'chat-room.v1' }
    raw.write(Buffer.from(handshake(world.url, headers), 'latin1'))
    const { status } = await raw.head()
    const first = status === 101 ? await raw.frame() : undefined
    const code = first?.opcode === opcodes.close ? first.payload.readUInt16BE(0) : first?.opcode
    if (!(status === 101 && code === 4001) && status !== 400) opened.push(`${status} ${code} ${cookie}`) // prettier-ignore
    raw.close()
  }
  expect(opened).toEqual([])
})

/** Every address that takes something, as the routes have it. */
function unsafeRoutes(): string[] {
  const folder = fileURLToPath(new URL('../../src/web/routes/', import.meta.url))
  const code = readdirSync(folder).map((file) => readFileSync(folder + file, 'utf8'))
  const found = code
    .join()
    .matchAll(/router\.(post|put|patch|delete)\((?:'([^']+)'|`\$\{path\}([^`]*)`)/g)
  return [...found].map(
    ([, method = '', path, rest]) =>
      `${method.toUpperCase()} ${path ?? `/api/webhooks/:id/:token${rest}`}`,
  )
}

const elsewhere: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
]

test('no address that takes something takes it from another site’s page', async () => {
  const routes = unsafeRoutes()
  expect(routes).toEqual(expect.arrayContaining(['POST /signin', 'POST /bots/revoke', 'POST /']))
  expect(routes.length).toBeGreaterThanOrEqual(12)
  const taken: unknown[] = []
  for (const route of routes)
    for (const from of elsewhere) {
      const [method = '', path = ''] = route.split(' ')
      const { status } = await world.get(path.replace(':token', HOOK).replace(/:\w+/g, 'x'), {
        method,
        headers: { cookie: world.grace.cookie, ...from, 'content-type': 'text/plain' },
        body: 'text=x&name=eve',
      })
      if (status !== 403) taken.push({ route, from, status })
    }
  expect(taken).toEqual([])
  expect(await world.ada.hears()).toEqual([])
})

test('no address that takes something does it by a GET', async () => {
  const { cookie } = world.grace
  const deputy = await Program.named(world, 'deputy')
  for (const path of ['/signout', '/bots/revoke?id=1', '/r/tea/make', '/r/tea/knock', '/host?x'])
    await world.get(path, { headers: { cookie } })
  expect((await world.get('/', { headers: { cookie } })).status).toBe(200)
  expect(await deputy.asks('GET /me')).toMatchObject({ status: 200 }) // whose token is the first
  await expect(command(world, 'room set', { room: 'tea', set: {} })).rejects.toThrow('tea')
})

test('after all that the server is here, and had no fault of its own', async () => {
  expect(await world.ada.says('still here')).toMatchObject({ type: 'ack' })
  expect(world.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([])
})
