import { describe, expect, test } from '@jest/globals'
import {
  fromMessage,
  message,
  toCqString,
  toSegments,
} from '../../src/gateways/onebot11/segments.js'
import { openNumbers, userNumber, userOf } from '../../src/gateways/numbers.js'

const ada = { id: 3, name: 'Ada' }
const bird = { id: -1, name: '小小鸟' }
const nameOf = (id: number) => [ada, bird].find((one) => one.id === id)?.name
const read = (sent: Parameters<typeof fromMessage>[0], plain = false) =>
  fromMessage(sent, { plain, lang: 'en', nameOf })

test.each([
  ['hello', [{ type: 'text', data: { text: 'hello' } }], 'hello'],
  [
    '@ada and @小小鸟: [x] & y',
    [
      { type: 'at', data: { qq: '3' } },
      { type: 'text', data: { text: ' and ' } },
      { type: 'at', data: { qq: '2000000001' } },
      { type: 'text', data: { text: ': [x] & y' } },
    ],
    '[CQ:at,qq=3] and [CQ:at,qq=2000000001]: &#91;x&#93; &amp; y',
  ],
])('the line %s is these segments, and this string', (text, segments, string) => {
  expect(toSegments(text, [ada, bird])).toEqual(segments)
  expect(toCqString(toSegments(text, [ada, bird]))).toBe(string)
})

test('a line that answers begins with what it answers', () => {
  expect(toSegments('yes', [], 1025)[0]).toEqual({ type: 'reply', data: { id: '1025' } })
})

describe('what a bot sends', () => {
  test.each<[unknown, string]>([
    [
      [
        { type: 'text', data: { text: '欢迎 ' } },
        { type: 'at', data: { qq: '3' } },
      ],
      '欢迎 @Ada',
    ],
    [
      [
        { type: 'at', data: { qq: 'all' } },
        { type: 'text', data: { text: 'tea' } },
      ],
      '@all tea',
    ],
    [[{ type: 'at', data: { qq: 99 } }], '@99'],
    ['hi [CQ:at,qq=3] &#91;x&#93; &amp;', 'hi @Ada  [x] &'],
    ['[CQ:image,file=https://a.example/a.png&#44;1]', '[image] https://a.example/a.png,1'],
    [[{ type: 'image', data: { file: 'base64://iVBORw0KGgo=' } }], '[image, not kept]'],
    [[{ type: 'face', data: { id: '14' } }], '[face]'],
    [{ type: 'text', data: { text: 'alone' } }, 'alone'],
    [
      [
        { type: 'node', data: { content: [{ type: 'text', data: { text: 'one' } }] } },
        { type: 'node', data: { content: 'two' } },
      ],
      'one\ntwo',
    ],
  ])('%j is %s', (sent, text) => {
    expect(read(message.parse(sent)).text).toBe(text)
  })

  test('may answer a message', () => {
    const sent = [
      { type: 'reply', data: { id: '108' } },
      { type: 'text', data: { text: 'yes' } },
    ]
    expect(read(sent)).toEqual({ text: 'yes', quoted: 108 })
  })

  test('is words alone if it says so', () => {
    expect(read('[CQ:at,qq=3]', true).text).toBe('[CQ:at,qq=3]')
  })

  test.each(['file:///etc/passwd', '/etc/passwd', 'C:\\secret.png', 'http.png'])(
    'is refused if it names a file of this machine: %s',
    (file) => {
      expect(() => read([{ type: 'image', data: { file } }])).toThrow('not read')
    },
  )
})

test('what comes in base64 is named and not kept; what is too large is refused with a way out', () => {
  const picture = (bytes: number) => [
    { type: 'image', data: { file: `base64://${'A'.repeat((bytes * 4) / 3)}` } },
  ]
  const most = 5 * 1024 * 1024 - 11 // with `base64://` before it
  expect(read(picture(most)).text).toBe('[image, not kept]')
  expect(() => read(picture(most + 9))).toThrow(
    '5242880 bytes (and is named only, not kept); send an https:// address',
  )
})

test('members and messages have whole numbers below 2^31, which lead back', async () => {
  for (const id of [1, 42, 0, -1, -77]) expect(userOf(userNumber(id))).toBe(id)
  const rows: { id: number; roomId: number; stretch: number }[] = []
  const store = {
    stretches: async () => rows,
    add: async (roomId: number, stretch: number) =>
      rows.push({ id: rows.length + 1, roomId, stretch }),
  }
  const numbers = await openNumbers(store)
  const places = [
    { roomId: 1, seq: 1 },
    { roomId: 1, seq: 1_023 },
    { roomId: 2, seq: 1 },
    { roomId: 1, seq: 1_024 },
  ]
  const given = await Promise.all(places.map((place) => numbers.of(place)))
  expect(new Set(given).size).toBe(4)
  expect(rows).toHaveLength(3)
  const later = await openNumbers(store)
  expect(given.map((number) => later.placeOf(number))).toEqual(places)
  expect(later.placeOf(9_999_999)).toBeUndefined()
})
