import { expect, test } from '@jest/globals'
import { anything, assert, constantFrom, dictionary, oneof, property, string } from 'fast-check'
import { parseFrame } from '../src/frames.js'
import { FRAME_DEPTH, RETRYABLE } from '../src/protocol.js'

const CID = 'cid-00000001'
const parse = (frame: unknown) => parseFrame(JSON.stringify(frame))
const malformed = { ok: false, cid: null, code: 'bad_request' }

/** Each frame that a client may send, with every field. */
const good = {
  join: {
    cid: CID,
    room: 'lobby',
    epoch: 'e1.1',
    since: 0,
    mark: 1_700_000_000_000,
    passcode: 'open sesame',
  },
  sync: { cid: CID, room: '大厅', epoch: 'e1.1', since: 41 },
  leave: { cid: CID, room: 'lobby' },
  chat: { cid: CID, room: 'lobby', data: '你好', reply_to: 7, files: ['a1'] },
  history: { cid: CID, room: 'lobby', before: 90, limit: 200 },
  search: { cid: CID, q: '雨', room: 'lobby', cursor: 'MS41', limit: 50, utc_offset: -300 },
  members: { cid: CID, room: 'lobby', after: -3, limit: 1 },
  nickname: { cid: CID },
  typing: { room: 'lobby' },
  read: { room: 'lobby', seq: 12 },
  stop: { cid: CID, room: 'lobby', stream: 'b.0123456789abcdef' },
  edit: { cid: CID, room: 'lobby', message: 7, data: '你好。' },
  recall: { cid: CID, room: 'lobby', message: 7 },
  react: { cid: CID, room: 'lobby', message: 7, data: '👍', on: true },
  pin: { cid: CID, room: 'lobby', message: 7, on: false },
  pins: { cid: CID, room: 'lobby' },
  topic: { cid: CID, room: 'lobby', data: '' },
} as const

test.each(Object.entries(good))('%s is read whole', (type, fields) => {
  expect(parse({ type, ...fields })).toEqual({ ok: true, frame: { type, ...fields } })
})

test.each(Object.entries(good))('unknown fields of %s are ignored', (type, fields) => {
  const parsed = parse({ type, ...fields, colour: 'red', constructor: {}, toString: 1 })
  expect(parsed).toEqual({ ok: true, frame: { type, ...fields } })
})

test('history gives 50 and members 200 when nobody says how many', () => {
  expect(parse({ type: 'history', cid: CID, room: 'a' })).toMatchObject({ frame: { limit: 50 } })
  expect(parse({ type: 'members', cid: CID, room: 'a' })).toMatchObject({ frame: { limit: 200 } })
})

const bad: [keyof typeof good, string, unknown][] = [
  ['join', 'room', undefined],
  ['join', 'room', ''],
  ['join', 'room', 'x'.repeat(257)],
  ['join', 'room', ['lobby']],
  ['join', 'epoch', 5],
  ['join', 'since', -1],
  ['join', 'since', 1.5],
  ['join', 'since', '3'],
  ['join', 'since', null],
  ['join', 'since', 2 ** 53],
  ['join', 'mark', 'now'],
  ['join', 'passcode', 7],
  ['sync', 'room', null],
  ['sync', 'since', {}],
  ['leave', 'room', 0],
  ['chat', 'data', undefined],
  ['chat', 'data', null],
  ['chat', 'data', 42],
  ['chat', 'data', ['hello']],
  ['chat', 'room', true],
  ['chat', 'reply_to', 0],
  ['chat', 'reply_to', '1'],
  ['chat', 'files', 'a1'],
  ['chat', 'files', Array.from({ length: 21 }, () => 'a')],
  ['history', 'before', -1],
  ['history', 'after', 0.5],
  ['history', 'limit', 0],
  ['history', 'limit', 201],
  ['history', 'limit', '50'],
  ['search', 'q', undefined],
  ['search', 'q', 5],
  ['search', 'room', ''],
  ['search', 'cursor', 5],
  ['search', 'cursor', 'x'.repeat(65)],
  ['search', 'limit', 0],
  ['search', 'limit', 51],
  ['search', 'utc_offset', 10_000],
  ['members', 'limit', 1000],
  ['members', 'after', 'a'],
  ['edit', 'message', 0],
  ['edit', 'data', 7],
  ['recall', 'message', 1.5],
  ['recall', 'message', undefined],
  ['react', 'on', 'yes'],
  ['react', 'data', 'x'.repeat(65)],
  ['pin', 'on', undefined],
  ['topic', 'data', null],
]

test.each(bad)('%s with a bad %s is refused by name: %j', (type, field, value) => {
  const parsed = parse({ type, ...good[type], [field]: value })
  expect(parsed).toMatchObject({ ok: false, cid: CID, code: 'bad_request' })
  expect(parsed).toHaveProperty('field', expect.stringMatching(new RegExp(`^${field}`)))
  expect(parsed).not.toHaveProperty('silent')
})

test.each([
  ['typing', { room: 5 }],
  ['typing', {}],
  ['read', { room: 'lobby', seq: 'x' }],
  ['read', { room: 'lobby', seq: -1 }],
])('a bad %s gets no answer: %j', (type, fields) => {
  expect(parse({ type, ...fields })).toMatchObject({ ok: false, silent: true })
})

test.each(['12345678', 'A'.repeat(64), 'a-b_c.d~e:f', 'b.00ff00ff'])('%s is a cid', (cid) => {
  expect(parse({ type: 'nickname', cid })).toMatchObject({ ok: true, frame: { cid } })
})

test.each([
  undefined,
  null,
  '',
  '1234567',
  'A'.repeat(65),
  'with space',
  'line\nbreak1',
  'cid-0000\n',
  '标识符标识符标识',
  'slash/slash',
  12_345_678,
  ['12345678'],
  { toString: '12345678' },
])('%j is no cid: the frame is malformed', (cid) => {
  expect(parse({ type: 'chat', room: 'lobby', data: 'hi', cid })).toEqual(malformed)
})

test.each([
  '',
  ' ',
  'hello',
  '{',
  '{"type":"chat"',
  'null',
  'true',
  '42',
  '"chat"',
  '[]',
  '[{"type":"chat"}]',
  '{}',
  '{"type":5,"cid":"cid-00000001"}',
  '{"type":["chat"],"cid":"cid-00000001"}',
  "{'type':'chat'}",
  '{"type":"chat","cid":"cid-00000001","room":"lobby","data":NaN}',
  '\u{feff}{}',
])('%j is malformed', (text) => {
  expect(parseFrame(text)).toEqual(malformed)
})

test.each(['Search', 'Chat', '', 'list', 'hello', 'ack'])(
  'nobody knows the type %j yet, and the answer bears its cid',
  (type) => {
    expect(parse({ type, cid: CID })).toEqual({ ok: false, cid: CID, code: 'unknown_type' })
  },
)

test.each([
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__',
  'valueOf',
  '__defineGetter__',
])('the type %s is as unknown as any other', (type) => {
  expect(parse({ type, cid: CID })).toEqual({ ok: false, cid: CID, code: 'unknown_type' })
})

test('a frame cannot reach a prototype', () => {
  const text = `{"type":"chat","cid":"${CID}","room":"lobby","data":"hi","__proto__":{"polluted":1}}`
  const parsed = parseFrame(text)
  expect(parsed).toMatchObject({ ok: true })
  expect(parsed.ok && 'polluted' in parsed.frame).toBe(false)
  expect('polluted' in {}).toBe(false)
})

test('a frame may nest eight deep and no deeper', () => {
  const frame = (inner: number) =>
    `{"type":"nickname","cid":"${CID}","x":${'['.repeat(inner)}${']'.repeat(inner)}}`
  expect(parseFrame(frame(FRAME_DEPTH - 1)).ok).toBe(true)
  expect(parseFrame(frame(FRAME_DEPTH))).toEqual(malformed)
  expect(parseFrame(frame(25_000))).toEqual(malformed)
  expect(parseFrame(`${'{"x":'.repeat(8_000)}1${'}'.repeat(8_000)}`)).toEqual(malformed)
})

test('a wide frame is read as well', () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`field${i}`, [i]]))
  expect(parse({ ...wide, type: 'nickname', cid: CID }).ok).toBe(true)
})

test('ten thousand random inputs never throw, and each gets an answer that can be told', () => {
  const types = constantFrom(...Object.keys(good), 'edit', '__proto__', 'constructor')
  const fields = constantFrom('cid', 'room', 'data', 'since', 'epoch', 'seq', 'limit', '__proto__')
  const values = oneof(anything(), constantFrom(CID, 'lobby', 0, -1, 1e308, '\ud800'))
  const frames = dictionary(fields, values).chain((frame) =>
    types.map((type) => JSON.stringify({ ...frame, type })),
  )
  const anyJson = anything().map((value) => JSON.stringify(value) ?? '')

  assert(
    property(oneof(string({ unit: 'binary' }), anyJson, frames), (text) => {
      const parsed = parseFrame(text)
      if (parsed.ok) expect(Object.keys(good)).toContain(parsed.frame.type)
      else expect(['bad_request', 'unknown_type']).toContain(parsed.code)
    }),
    { numRuns: 10_000, seed: 2_026 },
  )
})

test('what may be sent again is what says so on the wire', () => {
  const codes = ['rate_limited', 'slow_mode', 'storage_full', 'overloaded', 'draining', 'unknown']
  expect([...RETRYABLE].toSorted()).toEqual(codes.toSorted())
})
