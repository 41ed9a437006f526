import { expect, test } from '@jest/globals'
import { mentionsIn, Names, openingIn } from '../src/calls.js'

const people = new Names([
  { id: 1, names: ['Ada'] },
  { id: 2, names: ['Ada Lovelace'] },
  { id: 3, names: ['欧阳明远'] },
  { id: 4, names: ['bob'] },
])
const bots = new Names([{ id: 0, names: ['机器人小小鸟', '小小鸟'] }])

test.each([
  ['hello @Ada', [1]],
  ['@ada, @ADA and @Ａｄａ', [1]],
  ['＠ada ﹫bob', [1, 4]],
  ['@Ada Lovelace is meant', [2]],
  ['@ada lovelaces is another', [1]],
  ['@bobby is not bob', []],
  ['@bob的主意', [4]],
  ['(@bob)', [4]],
  ['@欧阳明远你好', [3]],
  ['问一下@小小鸟和@机器人小小鸟', [0]],
  ['問一下@小小鳥和@歐陽明遠', [0, 3]],
  ['@bob @ada @bob', [4, 1]],
  ['write to tom@bob.example', []],
  ['@ ada', []],
  ['ada', []],
  ['@nobody', []],
  ['', []],
])('%j calls %j', (text, ids) => {
  expect([...mentionsIn(text, [bots, people])]).toEqual(ids)
})

test.each([
  ['小小鸟，你好', 0],
  ['小小鸟', 0],
  ['小小鳥，你好', 0],
  ['机器人小小鸟 几点了', 0],
  ['小小鸟儿', undefined],
  ['你好小小鸟', undefined],
  ['', undefined],
])('%j begins with the name of %j', (text, id) => {
  expect(openingIn(text, bots)).toBe(id)
})

test('a name is the last one’s who took it, and goes with them alone', () => {
  const names = new Names([{ id: 1, names: ['ada'] }])
  names.set('Ada', 2)
  names.delete('ada', 1)
  expect([...mentionsIn('@ada', [names])]).toEqual([2])
  names.delete('ADA', 2)
  expect([...mentionsIn('@ada', [names])]).toEqual([])
})

test('one of many names is found, and none that only begins alike', () => {
  const crowd = new Names(
    Array.from({ length: 2_000 }, (_, id) => ({ id, names: [`somebody number ${id}`] })),
  )
  expect(mentionsIn('@somebody '.repeat(400), [crowd]).size).toBe(0)
  expect(mentionsIn('@somebody number 7 '.repeat(200), [crowd]).size).toBe(1)
})
