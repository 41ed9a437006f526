import { expect, test } from '@jest/globals'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { QueryFault } from '../../../src/chat/search/fault.js'
import { parseQuery } from '../../../src/chat/search/query.js'

const china = { now: Date.UTC(2026, 10, 26, 20), offset: 480 } // the 27th there
const parse = (question: string) => parseQuery(question, 'Ada', china)
const day = (month: number, date: number) => Date.UTC(2026, month - 1, date) - 480 * 60_000
const nothing = { words: [], from: [], in: [], has: [], bot: { names: [] } }
const word = (text: string) => ({ text, whole: false })
const phrase = (text: string) => ({ text, whole: true })

test.each([
  ['  雨伞   blue ', { words: [word('雨伞'), word('blue')] }],
  ['"to be" or', { words: [phrase('to be'), word('or')] }],
  ['“蓝色的” ＂伞＂', { words: [phrase('蓝色的'), phrase('伞')] }],
  ['rain"or"snow', { words: [word('rain'), phrase('or'), word('snow')] }],
  ['rain ""', { words: [word('rain')] }],
  ['from:Tom 雨', { from: ['Tom'], words: [word('雨')] }],
  ['FROM：小满', { from: ['小满'] }],
  ['来自:"Mary Ann" from: @bob', { from: ['Mary Ann', 'bob'] }],
  ['from:me', { from: ['Ada'] }],
  ['from:我 from:"me"', { from: ['Ada', 'me'] }],
  ['in:lobby 房间：读书会', { in: ['lobby', '读书会'] }],
  ['has:link has:代码 包含:文件 has:Reaction', { has: ['link', 'code', 'file', 'reaction'] }],
  ['bot:yes', { bot: { names: [], only: true } }],
  ['bot:no 机器人:小小鸟', { bot: { names: ['小小鸟'], only: false } }],
  ['bot:"yes"', { bot: { names: ['yes'] } }],
  ['after:2026-11-01', { after: day(11, 1) }],
  ['before:2026/3/9', { before: day(3, 9) }],
  ['之后:2026年2月28日 之前:２０２６．３', { after: day(2, 28), before: day(3, 1) }],
  ['after:2026', { after: day(1, 1) }],
  ['after:today', { after: day(11, 27) }],
  ['after:昨天', { after: day(11, 26) }],
  [
    'after:2026-01-01 after:2026-02-01 before:2026-05 before:2026-04',
    {
      after: day(2, 1),
      before: day(4, 1),
    },
  ],
  ['https://example.org:80/x', { words: [word('https://example.org:80/x')] }],
  [
    '10:30 C:\\x std::move localhost:80',
    {
      words: [word('10:30'), word('C:\\x'), word('std::move'), word('localhost:80')],
    },
  ],
  ['通知：明天放假', { words: [word('通知：明天放假')] }],
  ['"from:tom"', { words: [phrase('from:tom')] }],
  ['a:b', { words: [word('a:b')] }],
])('%s is understood', (question, expected) => {
  expect(parse(question)).toEqual({ ...nothing, ...expected })
})

test.each([
  ['', 'empty', {}],
  [' \t　', 'empty', {}],
  ['""', 'empty', {}],
  ['"open', 'unclosed', {}],
  ['rain “open', 'unclosed', {}],
  ['from:"Mary', 'unclosed', {}],
  ['from:', 'noValue', { field: 'from:' }],
  ['rain 来自：', 'noValue', { field: '来自:' }],
  ['from: in:lobby', 'noValue', { field: 'from:' }],
  ['in:" "', 'noValue', { field: 'in:' }],
  ['form:tom', 'unknownField', { field: 'form:' }],
  ['after:soon', 'badDate', { field: 'after:', date: 'soon' }],
  ['before:2026-02-30', 'badDate', { field: 'before:', date: '2026-02-30' }],
  ['after:2026-13', 'badDate', { field: 'after:', date: '2026-13' }],
  ['after:99999-01-01', 'badDate', { field: 'after:', date: '99999-01-01' }],
  ['has:wings', 'badHas', { thing: 'wings' }],
  ['has:constructor', 'badHas', { thing: 'constructor' }],
  ['x'.repeat(257), 'tooLong', { limit: 256, length: 257 }],
  ['x '.repeat(25), 'tooMany', { limit: 24 }],
])('%j is refused with a sentence', (question, sentence, values) => {
  expect(faultOf(question)).toMatchObject({ sentence, values })
})

test('a day without an offset is a day of the server', () => {
  const { after } = parseQuery('after:2026-11-01', 'Ada', { now: Date.now() })
  expect(after).toBe(new Date(2026, 10, 1).getTime())
})

test('any question is understood or refused', () => {
  const piece = constantFrom('"', '“', ':', '：', ' ', 'from:', 'in：', 'after:', 'bot:', '雨', '-')
  const question = array(oneof(piece, string({ unit: 'binary', maxLength: 5 })))
  assert(
    property(question, (pieces) => {
      const understood = faultOf(pieces.join(''))
      expect(understood === undefined || understood instanceof QueryFault).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['"'.repeat(256), 'empty'],
  [`${'" '.repeat(126)}"`, 'unclosed'],
  ['from:'.repeat(51), 'noValue'],
  [' '.repeat(256), 'empty'],
  [`${'a'.repeat(200)}:${':'.repeat(55)}`, undefined],
  ['：'.repeat(256), undefined],
])('no sign is looked at again and again, or this would not end: %j', (question, sentence) => {
  for (let i = 0; i < 1_000; i++) faultOf(question)
  expect(faultOf(question)).toEqual(sentence && expect.objectContaining({ sentence }))
})

function faultOf(question: string): unknown {
  try {
    parse(question)
    return undefined
  } catch (error) {
    return error
  }
}
