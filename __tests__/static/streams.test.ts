import { array, assert, boolean, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from '@jest/globals'
import { Streams, type Delta } from '../../static/js/models/streams.js'
import { bird, NOON } from './room-words.js'

/** A piece of the bird's answer, one millisecond after what stands before it. */
const piece = (offset: number, data: string, more: Partial<Delta> = {}): Delta => ({
  stream: 's1',
  user: bird,
  cause: 1,
  at: NOON + offset,
  offset,
  data,
  ...more,
})
const shown = (streams: Streams, now = NOON) => streams.shown(now).map(({ text }) => text)

function hears(...deltas: Delta[]): Streams {
  const streams = new Streams()
  for (const delta of deltas) streams.heard(delta, NOON)
  return streams
}

describe('a text that a bot is writing', () => {
  test('grows by its pieces', () => {
    expect(shown(hears(piece(0, ''), piece(0, '你好'), piece(2, '，世界')))).toEqual(['你好，世界'])
  })

  test('is replaced beyond the offset of a piece', () => {
    const again = piece(4, 'b', { at: NOON + 9 })
    expect(shown(hears(piece(0, 'one two'), again))).toEqual(['one b'])
  })

  test('does not grow over a hole, and is whole again with the whole text', () => {
    const streams = hears(piece(0, 'one '), piece(8, 'three'))
    expect(shown(streams)).toEqual(['one '])
    streams.heard(piece(0, 'one two three', { at: NOON + 20 }), NOON)
    expect(shown(streams)).toEqual(['one two three'])
  })

  test('that was heard of in its middle is thought about until the whole text comes', () => {
    const streams = hears(piece(8, 'three'))
    expect(shown(streams, NOON + 1000)).toEqual([''])
    streams.heard(piece(0, 'one two three', { at: NOON + 20 }), NOON)
    expect(shown(streams)).toEqual(['one two three'])
  })

  test('is no longer shown when it has become a message, nor by a piece that comes late', () => {
    const streams = hears(piece(0, 'one '))
    streams.over('s1')
    streams.heard(piece(4, 'two'), NOON)
    expect(shown(streams)).toEqual([])
  })

  test('is dropped when it ended and left nothing', () => {
    expect(shown(hears(piece(0, 'one '), piece(0, '', { ended: 'error' })))).toEqual([])
  })

  test('whose end was lost does not stay for good', () => {
    expect(shown(hears(piece(0, 'one ')), NOON + 10 * 60_000)).toEqual([])
  })
})

describe('a bot that has written nothing yet', () => {
  test('is shown as thinking after a second', () => {
    const streams = hears(piece(0, ''))
    expect(streams.untilThinking(NOON)).toBe(1000)
    expect(shown(streams, NOON + 999)).toEqual([])
    expect(shown(streams, NOON + 1000)).toEqual([''])
    expect(streams.untilThinking(NOON + 1000)).toBeUndefined()
  })

  test('needs no waiting for once it writes', () => {
    expect(hears(piece(0, ''), piece(0, 'one')).untilThinking(NOON)).toBeUndefined()
  })
})

describe('coming back in the middle', () => {
  test('shows all of it at once, and what goes on', () => {
    const streams = hears(piece(0, 'one '))
    streams.joined([piece(0, 'one two ', { at: NOON + 7 })], NOON)
    streams.heard(piece(8, 'three'), NOON)
    expect(shown(streams)).toEqual(['one two three'])
  })

  test('drops what ended meanwhile', () => {
    const streams = hears(piece(0, 'one '))
    streams.joined([piece(0, 'other', { stream: 's2' })], NOON)
    expect(shown(streams)).toEqual(['other'])
  })
})

/** How a text is told: in pieces, and what the net does with each. */
const told = array(
  record({ data: string({ maxLength: 5 }), lost: boolean(), again: integer({ min: 0, max: 2 }) }),
  { maxLength: 20 },
)

test('whatever is lost or repeated, what is shown is a beginning of the text, and at last the whole', () => {
  assert(
    property(told, (pieces) => {
      const streams = new Streams()
      let text = ''
      for (const { data, lost, again } of pieces) {
        const delta = piece(text.length, data)
        text += data
        for (let times = lost ? 0 : 1 + again; times > 0; times -= 1) streams.heard(delta, NOON)
        for (const part of shown(streams)) expect(text.startsWith(part)).toBe(true)
      }
      streams.heard(piece(0, text, { at: NOON + text.length + 1 }), NOON)
      expect(shown(streams, NOON + 1000)).toEqual([text])
    }),
  )
})

test('in whatever order pieces come, the text is whole in the end', () => {
  assert(
    property(told, array(integer({ min: 0, max: 30 })), (pieces, order) => {
      const streams = new Streams()
      const all = pieces.map(({ data }, index) => {
        const text = pieces
          .slice(0, index)
          .map((one) => one.data)
          .join('')
        return piece(text.length, data, { at: NOON + index })
      })
      const whole = pieces.map(({ data }) => data).join('')
      all.push(piece(0, whole, { at: NOON + pieces.length }))
      for (const place of order) streams.heard(all[place % all.length] ?? piece(0, ''), NOON)
      for (const delta of all.toReversed()) streams.heard(delta, NOON)
      expect(shown(streams, NOON + 1000)).toEqual([whole])
    }),
  )
})
