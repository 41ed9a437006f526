import { beforeAll, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseFrame } from '../../src/frames.js'
import { SUBPROTOCOL } from '../../src/protocol.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { TestSocket } from '../helpers/test-socket.js'
import { frameBytes, opcodes, RawSocket } from '../helpers/raw-socket.js'

/** `npm run faults -- fuzz` asks for more. A tenth of the requests are frames with flipped bits: each has a line of its own. */
const { FUZZ_FRAMES = '20000', FUZZ_REQUESTS = '2000', FUZZ_SEED = '20' } = process.env
const seed = Number(FUZZ_SEED)
const sample = <T>(what: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(what, { numRuns: count, seed })

/** One server for all of it: it must be there at the end, and have had no fault of its own. */
let world: World
beforeAll(async () => (world = await lobby({ life: 'file' })))

const words = (text: string) => text.trim().split(/\s+/)
const types = words(`
  join sync leave chat edit recall react answer pin pins topic history search members bots
  commands room rooms make direct notify approve invite invites revoke nickname stop policy
  volume mute kick ban unban bans role report reports handled audit typing read __proto__
  constructor`)
const odd = fc.oneof(
  fc.constantFrom('lobby', 'nowhere', '', '\u0000', '\ud800', '../..', 'd-'.padEnd(28, 'a')),
  fc.constantFrom(0, 1, -1, 2 ** 53, -0, 1e308, 0.5, null, true, false),
  fc.constantFrom([], {}, [[]], { toString: 1 }, '👍', '#'.repeat(5_000), '@everybody'),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
)
const fields = words(`
  room data message on since epoch mark before after limit q user ms set title choices form
  stream passcode level bot policy by uses role report seq reply_to files cursor __proto__`)
const frames = fc.record({
  type: fc.constantFrom(...types),
  room: fc.oneof({ weight: 3, arbitrary: fc.constant('lobby') }, odd),
  more: fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 5 }),
})
const answer = (
  socket: TestSocket,
  frame: { type: string; cid: string; [field: string]: string },
) => {
  socket.send(frame)
  return socket.next(
    (text) => text.includes(frame.cid) && !text.startsWith('{"type":"chat"'),
    60_000,
  )
}
const silent = new Set(['typing', 'read'])

test('twenty thousand frames of all kinds are each answered once, or not at all if they are hints', async () => {
  const count = Number(FUZZ_FRAMES)
  const sockets: TestSocket[] = []
  for (let i = 0; i < 10; i++) {
    const { cookie } = await world.signIn(`p${i}`)
    sockets.push(await world.socket({ cookie, protocols: [SUBPROTOCOL] }))
  }
  const all = sample(frames, count).map(({ type, room, more }, index) => {
    const cid = `fuzz-${index}-00000000`
    return { type, cid, text: JSON.stringify({ room, ...more, type, cid }) }
  })
  for (let from = 0; from < count; from += 500) {
    const slice = all.slice(from, from + 500)
    slice.forEach(({ text }, index) => sockets[index % sockets.length]?.send(text))
    // Whatever the answer, what was sent before is taken up by then.
    for (const socket of sockets) await answer(socket, { type: 'rooms', cid: `next-${from}-0000` })
  }
  // And this is stored after all of it.
  for (const socket of sockets) {
    await answer(socket, { type: 'join', cid: 'last-join', room: 'lobby' })
    await answer(socket, { type: 'chat', cid: 'last-line', room: 'lobby', data: 'the end' })
  }

  const answers = new Map<string | undefined, number>()
  for (const text of sockets.flatMap(({ texts }) => texts)) {
    const cid = /^\{"type":"(?:ack|nack|joined)","cid":"([^"]+)"/.exec(text)?.[1]
    answers.set(cid, (answers.get(cid) ?? 0) + 1)
  }
  const wrong = all.filter(
    ({ type, cid }) => (answers.get(cid) ?? 0) !== (silent.has(type) ? 0 : 1),
  )
  expect(wrong.slice(0, 5)).toEqual([])
}, 600_000)

test('twenty thousand texts are read or refused, and nothing is thrown', () => {
  const texts = fc.oneof(
    fc.json({ maxDepth: 12 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(frames, fc.nat(400), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([frame, at, by]) => {
        const text = JSON.stringify({ ...frame.more, type: frame.type, cid: 'cid-00000000' })
        return text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1)
      }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseFrame(text)
      return parsed.ok || parsed.code === 'bad_request' || parsed.code === 'unknown_type'
    }),
    { numRuns: Number(FUZZ_FRAMES), seed },
  )
  for (const text of [
    '['.repeat(10_000),
    `{"type":"rooms","cid":"deep-as-a-well","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    `{"a":`.repeat(10_000),
    `{${'"k":1,'.repeat(9_000)}"z":1}`,
  ])
    expect(parseFrame(text).ok).toBe(false)
})

test('bytes with flipped bits are answered or end their connection with a code of the protocol', async () => {
  const { cookie } = await world.signIn('flipped')
  const good = frameBytes({
    opcode: opcodes.text,
    payload: JSON.stringify({ type: 'rooms', cid: 'flipped-bits', x: '鸟' }),
  })
  const flips = fc.array(fc.nat(good.length * 8 - 1), { minLength: 1, maxLength: 4 })
  for (const bits of sample(flips, Number(FUZZ_REQUESTS) / 10)) {
    const bytes = Buffer.from(good)
    for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const raw = await RawSocket.upgraded(world.url, cookie)
    // What is to come of a longer frame comes, and then a close frame ends it.
    raw.write(Buffer.concat([bytes, Buffer.alloc(70_000)]))
    const last = await raw.until(() => false)
    const code = last?.payload.length ? last.payload.readUInt16BE(0) : 1005
    expect([1000, 1002, 1003, 1005, 1007, 1008, 1009]).toContain(code)
    raw.close()
  }
}, 600_000)

const path = fc.oneof(
  fc.constantFrom(
    '/',
    '/signin',
    '/r/lobby',
    '/static/room.css',
    '/api/v1/rooms',
    '/i/x',
    '//x',
    '*',
  ),
  fc.constantFrom(
    '/r/%',
    '/r/%00',
    '/r/%ff',
    '/static/../package.json',
    '/static/%2e%2e/src',
    '/?next=',
  ),
  fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((text) => `/r/${encodeURI(text.toWellFormed())}`),
  fc.string({ maxLength: 30 }).map((text) => `/${text.replace(/[\s]/g, '')}`),
)
const headers = words(`
  host cookie content-length transfer-encoding content-type origin expect accept-encoding
  accept-language if-none-match range authorization connection upgrade x-forwarded-for
  x-forwarded-proto sec-fetch-site __proto__ te`)
const header = fc.tuple(
  fc.constantFrom(...headers),
  fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '99999999',
      'chunked',
      'application/json',
      '100-continue',
      'h2c',
    ),
    fc.constantFrom('bytes=0-', 'bytes=9-1', 'Bearer x', 'gzip;q=9', 'null', '\u0000', 'a\rb', '«'),
    fc.string({ maxLength: 40 }),
    fc.constant('x'.repeat(20_000)),
  ),
)
const requests = fc.record({
  method: fc.constantFrom(
    'GET',
    'POST',
    'HEAD',
    'PUT',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'get',
    'X',
    '',
  ),
  path,
  version: fc.constantFrom('1.1', '1.1', '1.1', '1.0', '0.9', '2.0', 'x'),
  headers: fc.array(header, { maxLength: 5 }),
  body: fc.oneof(fc.constant(''), fc.json(), fc.string({ unit: 'binary', maxLength: 300 })),
})

test('two thousand requests of all kinds over HTTP are answered, and never as a fault of ours', async () => {
  const host = new URL(world.url).host
  for (const { method, path, version, headers, body } of sample(requests, Number(FUZZ_REQUESTS))) {
    const raw = await RawSocket.open(world.url)
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const length = `content-length: ${Buffer.byteLength(body)}\r\n`
    raw.write(
      `${method} ${path} HTTP/${version}\r\nhost: ${host}\r\nconnection: close\r\n${length}${lines}\r\n${body}`,
    )
    raw.socket.end()
    const { status, text } = await raw.head()
    const fault = status >= 500 && status !== 501 && status !== 505
    expect(fault ? `${method} ${path} ${lines} ${text}` : '').toBe('')
    raw.close()
  }
}, 600_000)

test('after all that the server is here, and had no fault of its own', async () => {
  const ada = await world.enters('afterwards')
  expect(await ada.says('still here')).toMatchObject({ type: 'ack' })
  expect(world.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([])
})
