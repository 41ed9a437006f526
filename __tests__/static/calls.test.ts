import { expect, test } from '@jest/globals'
import { mentionsIn, Names } from '../../src/calls.js'
import { callsIn, type Called } from '../../static/js/models/calls.js'

const called: readonly Called[] = [
  { id: 1, names: ['Ada'] },
  { id: 2, names: ['Ada Lovelace'] },
  { id: 3, names: ['欧阳明远'] },
  { id: 0, names: ['机器人小小鸟', '小小鸟'] },
  { id: 'all', names: ['all', '所有人'] },
]

/** The text with brackets around each call. */
const marked = (text: string, whom = called) =>
  callsIn(text, whom)
    .map(({ text: piece, id }) => (id === undefined ? piece : `[${piece}=${id}]`))
    .join('')

test.each([
  ['hello @Ada!', 'hello [@Ada=1]!'],
  ['@ada lovelace is meant', '[@ada lovelace=2] is meant'],
  ['＠Ａｄａ', '[＠Ａｄａ=1]'],
  ['问一下@小小鸟和@机器人小小鸟', '问一下[@小小鸟=0]和[@机器人小小鸟=0]'],
  ['@欧阳明远你好', '[@欧阳明远=3]你好'],
  ['@所有人 开会，@all', '[@所有人=all] 开会，[@all=all]'],
  ['@adam, tom@ada.example and @ ada', '@adam, tom@ada.example and @ ada'],
  ['', ''],
])('in %j is marked %j', (text, made) => {
  expect(marked(text)).toBe(made)
})

test('who is not called is not marked, whatever their name', () => {
  expect(marked('@Ada and @小小鸟', [{ id: 0, names: ['小小鸟'] }])).toBe('@Ada and [@小小鸟=0]')
})

test.each([
  ['@小舟 周日去吗？@Ada 也来', '[@小舟=7] 周日去吗？[@Ada=1] 也来'],
  ['@小舟，@nobody', '@小舟，@nobody'],
  ['tom@ada.example', 'tom@ada.example'],
])('whom nobody here knows is marked where it can only be them: %s', (text, made) => {
  const whom: Called[] = [
    { id: 7, names: [''] },
    { id: 1, names: ['Ada'] },
  ]
  expect(marked(text, whom)).toBe(made)
})

test('who is written in traditional characters is marked, and nobody else of as many', () => {
  const bird: Called[] = [{ id: 0, names: ['机器人小小鸟', '小小鸟'] }]
  expect(marked('問問@小小鳥吧', bird)).toBe('問問[@小小鳥=0]吧')
  expect(marked('@歐陽明遠 問@小小鸟', bird)).toBe('@歐陽明遠 問[@小小鸟=0]')
})

test.each([
  '@Ada，@ada lovelace @欧阳明远@小小鸟',
  'a@ada @Ada_ @ＡＤＡ',
  '@所有人@all',
  '@小小鳥，@歐陽明遠',
])('the page marks whom the server finds: %s', (text) => {
  const people = called.flatMap(({ id, names }) => (id === 'all' ? [] : [{ id, names }]))
  const found = mentionsIn(text, [new Names(people)])
  const shown = callsIn(text, people).flatMap(({ id }) => id ?? [])
  expect(new Set(shown)).toEqual(found)
})
