import { beforeAll, expect, test } from '@jest/globals'
import { frameBytes, handshake, opcodes, RawSocket, type RawFrame } from '../helpers/raw-socket.js'
import { lobby, type World } from '../helpers/lobby.js'

/** One server for all: whoever breaks a rule must not disturb it. */
let world: World
let cookie: string
beforeAll(async () => {
  world = await lobby({ life: 'file' })
  cookie = (await world.signIn('raw')).cookie
})
const { continuation, text, binary, close, ping, pong } = opcodes
const ask = (more = '') => JSON.stringify({ type: 'rooms', cid: 'rfc-6455', more })
const masked = (frames: readonly RawFrame[]) => Buffer.concat(frames.map(frameBytes))

/** Cut into pieces at these bytes, a frame each. */
function pieces(message: string | Buffer, ...at: number[]): RawFrame[] {
  const bytes = Buffer.from(message)
  const edges = [0, ...at, bytes.length]
  return edges.slice(1).map((end, index) => ({
    opcode: index === 0 ? text : continuation,
    fin: index === at.length,
    payload: bytes.subarray(edges[index], end),
  }))
}
/** A request of exactly so many bytes. */
const ofLength = (bytes: number) => ask('x'.repeat(bytes - ask().length))
const closing = (code: number, reason: Buffer | string = '') => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(code)
  return { opcode: close, payload: Buffer.concat([bytes, Buffer.from(reason)]) }
}
const birds = ask('鸟🐦')
const afterBirds = Buffer.byteLength(birds)

const understood: [string, readonly RawFrame[]][] = [
  ['a text in one frame', [{ opcode: text, payload: ask() }]],
  ['another masking key', [{ opcode: text, payload: ask(), mask: Buffer.from('key!') }]],
  ...[0, 1, 2, 20].map((at): [string, RawFrame[]] => [
    `a text cut after ${at} bytes`,
    pieces(ask(), at),
  ]),
  ...Array.from({ length: 9 }, (_, i): [string, RawFrame[]] => [
    `a text cut inside its characters, ${i + 2} bytes before its end`,
    pieces(birds, afterBirds - i - 2),
  ]),
  ['an empty last fragment', pieces(ask(), ask().length)],
  ['empty fragments in the middle', pieces(ask(), 9, 9, 9)],
  ['as many fragments as are allowed', pieces(ask(), ...Array.from({ length: 63 }, () => 5))],
  [
    'a ping between two fragments',
    pieces(ask(), 7).toSpliced(1, 0, { opcode: ping, payload: 'between' }),
  ],
  [
    'a pong that nobody asked for',
    [
      { opcode: pong, payload: 'here' },
      { opcode: text, payload: ask() },
    ],
  ],
  ...[124, 125, 126, 127, 128, 65_535, 65_536].map((bytes): [string, RawFrame[]] => [
    `a text of ${bytes} bytes`,
    [{ opcode: text, payload: ofLength(bytes) }],
  ]),
  ['a text of 65,536 bytes in two frames', pieces(ofLength(65_536), 40_000)],
  ...['\u{10ffff}', '\ufffd', '\ufffe', '\u0800', '\ud7ff', '\ue000'].map(
    (edge): [string, RawFrame[]] => [
      `the character U+${edge.codePointAt(0)?.toString(16)}`,
      [{ opcode: text, payload: ask(edge) }],
    ],
  ),
]

test.each(understood)('%s is understood', async (_, frames) => {
  const raw = await RawSocket.upgraded(world.url, cookie)
  raw.write(masked(frames))
  const answer = await raw.until(({ payload }) => payload.includes('rfc-6455'))
  expect(answer?.payload.toString()).toContain('"type":"ack"')
  raw.close()
})

test('bytes that come one by one are understood', async () => {
  const raw = await RawSocket.upgraded(world.url, cookie)
  for (const byte of masked(pieces(birds, 10))) raw.write(Buffer.from([byte]))
  expect(await raw.until(({ payload }) => payload.includes('rfc-6455'))).toMatchObject({
    opcode: text,
  })
  raw.close()
})

test.each(['', 'x', 'y'.repeat(125)])(
  'a ping is answered with its own bytes: "%s"',
  async (payload) => {
    const raw = await RawSocket.upgraded(world.url, cookie)
    raw.write(frameBytes({ opcode: ping, payload }))
    const answer = await raw.until(({ opcode }) => opcode === pong)
    expect([answer?.opcode, answer?.payload.toString()]).toEqual([pong, payload])
    raw.close()
  },
)

const wrongText = (hex: string): RawFrame => ({
  opcode: text,
  payload: Buffer.concat([Buffer.from('{"x":"'), Buffer.from(hex, 'hex'), Buffer.from('"}')]),
})

const broken: [string, number, readonly RawFrame[]][] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv): [string, number, RawFrame[]] => [
    `reserved bits ${rsv}`,
    1002,
    [{ opcode: text, payload: ask(), rsv }],
  ]),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, number, RawFrame[]] => [
    `the opcode ${opcode}`,
    1002,
    [{ opcode }],
  ]),
  ['a frame without a mask', 1002, [{ opcode: text, payload: ask(), mask: false }]],
  ['a ping without a mask', 1002, [{ opcode: ping, mask: false }]],
  ['a continuation of nothing', 1002, [{ opcode: continuation, payload: ask() }]],
  ['a last continuation of nothing', 1002, [{ opcode: continuation, fin: false }]],
  [
    'a new text before the end of the last one',
    1002,
    [
      { opcode: text, fin: false, payload: '{' },
      { opcode: text, payload: ask() },
    ],
  ],
  [
    'reserved bits in a continuation',
    1002,
    [
      { opcode: text, fin: false, payload: '{' },
      { opcode: continuation, rsv: 4, payload: '}' },
    ],
  ],
  ...[close, ping, pong].flatMap((opcode): [string, number, RawFrame[]][] => [
    [`the control frame ${opcode} in fragments`, 1002, [{ opcode, fin: false }]],
    [`the control frame ${opcode} of 126 bytes`, 1002, [{ opcode, payload: 'x'.repeat(126) }]],
  ]),
  ['a close frame of one byte', 1002, [{ opcode: close, payload: 'x' }]],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map(
    (code): [string, number, RawFrame[]] => [`the close code ${code}`, 1002, [closing(code)]],
  ),
  ['a reason that is no UTF-8', 1007, [closing(1000, Buffer.from('c328', 'hex'))]],
  ...['80', 'bf', 'c080', 'c1bf', 'c328', 'e08080', 'eda080', 'edbfbf', 'e4b8', 'f0808080'].map(
    (hex): [string, number, RawFrame[]] => [`the bytes ${hex} in a text`, 1007, [wrongText(hex)]],
  ),
  ...['f4908080', 'f5808080', 'fe', 'ff', 'f8888080'].map((hex): [string, number, RawFrame[]] => [
    `the bytes ${hex} in a text`,
    1007,
    [wrongText(hex)],
  ]),
  [
    'a text that ends inside a character',
    1007,
    [{ opcode: text, payload: Buffer.from('e9b8', 'hex') }],
  ],
  ['bytes in place of a text', 1003, [{ opcode: binary, payload: ask() }]],
  ['no bytes in place of a text', 1003, [{ opcode: binary }]],
  ['a text of 65,537 bytes', 1009, [{ opcode: text, payload: ofLength(65_537) }]],
  ['65,537 bytes in two frames', 1009, pieces(ofLength(65_537), 40_000)],
  ['100 MB that are announced', 1009, [{ opcode: text, length: 100_000_000n }]],
  ['more bytes than a number can tell', 1009, [{ opcode: text, length: 2n ** 63n - 1n }]],
  ['65 fragments', 1008, pieces(ask(), ...Array.from({ length: 64 }, () => 5))],
  [
    '131,073 empty fragments',
    1008,
    [
      { opcode: text, fin: false },
      ...Array.from({ length: 131_072 }, () => ({ opcode: 0, fin: false })),
    ],
  ],
]

test.each(broken)('%s closes the connection with %i', async (_, code, frames) => {
  const raw = await RawSocket.upgraded(world.url, cookie)
  raw.write(masked(frames))
  const last = await raw.until(() => false)
  expect(last?.payload.readUInt16BE(0)).toBe(code)
  raw.close()
})

test.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999])(
  'who closes with %i is answered with it, and what comes after that is not read',
  async (code) => {
    const raw = await RawSocket.upgraded(world.url, cookie)
    raw.write(masked([closing(code, '再见'), { opcode: text, payload: ask() }]))
    const last = await raw.until(({ payload }) => payload.includes('rfc-6455'))
    expect([last?.opcode, last?.payload.readUInt16BE(0)]).toEqual([close, code])
    raw.close()
  },
)

test.each<[number, string, Record<string, string>]>([
  [
    101,
    'an offer to compress, which is not taken',
    { 'sec-websocket-extensions': 'permessage-deflate' },
  ],
  [400, 'no key', { 'sec-websocket-key': '' }],
  [400, 'a key of another length', { 'sec-websocket-key': 'short' }],
  [400, 'another version', { 'sec-websocket-version': '12' }],
  [400, 'another protocol', { 'sec-websocket-protocol': 'soap' }],
  [426, 'no wish to upgrade', { upgrade: '', connection: '' }],
  [403, 'a page of somebody else', { origin: 'https://evil.example' }],
  [403, 'a page without an origin', { origin: 'null' }],
  [421, 'a name that is not ours', { host: 'evil.example' }],
])('a handshake is answered with %i if it has %s', async (status, _, headers) => {
  const raw = await RawSocket.open(world.url)
  raw.write(handshake(world.url, { cookie, ...headers }))
  const answer = await raw.head()
  expect(answer.status).toBe(status)
  expect(answer.text.toLowerCase()).not.toContain('sec-websocket-extensions')
  raw.close()
})

test('after all that the server is here, and had no fault of its own', async () => {
  const ada = await world.enters('afterwards')
  expect(await ada.says('still here')).toMatchObject({ type: 'ack' })
  expect(world.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([])
})
