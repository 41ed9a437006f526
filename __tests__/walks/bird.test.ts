import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const name = '机器人小小鸟'
const bird = { plugins: { [`bot:${name}`]: { use: 'offline', alias: '小小鸟', hear: 'auto' } } }

test.each([
  ['你好', /你好|嗨|哈喽/],
  ['(3+4)*5 等于多少？', /35/],
  ['what is 12 * 12?', /144/],
  ['help', /\S/],
])('alone with the bird, %j is answered', async (line, answer) => {
  const { ada } = await lobby({ people: ['ada'], ...bird })
  const { seq } = await ada.says(line)
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)

  expect(reply).toMatchObject({ user: { name, kind: 'bot' }, cause: seq, hop: 1 })
  expect(reply).toMatchObject({ data: expect.stringMatching(answer) })
})

test('among people it answers who calls it, and only them', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...bird })
  await ada.says('你好')
  await grace.says('小小鸟，你好')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)

  expect(reply).toMatchObject({ cause: 2 })
  expect((await ada.hears()).filter((line) => line.startsWith(name))).toHaveLength(1)
})

test('its answer comes after the line is durable, under a cid that is made of its cause', async () => {
  const { ada } = await lobby({ people: ['ada'], ...bird })
  await ada.says('你好')
  await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)

  const [line, answer] = ada.heard()
  expect([line?.seq, answer?.seq]).toEqual([1, 2])
  expect(answer?.cid).toMatch(/^b\.[0-9a-f]{32}$/)
})

test('after a restart who is back first is not alone and is told so: the others may be on their way', async () => {
  const world = await lobby({ people: ['ada', 'grace'], ...bird })
  const { ada, grace } = world
  await world.restart()
  await ada.connect()
  const { awaited } = await ada.join()
  expect(awaited).toEqual({ users: [grace.user.id], ms: expect.any(Number) })
  await ada.says('你好')
  await ada.says('小小鸟，你好')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)
  expect(reply).toMatchObject({ cause: 2 })

  world.passes(awaited?.ms ?? 0)
  expect(await ada.join()).not.toHaveProperty('awaited')
  await ada.says('你好')
  const next = await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)
  expect(next).toMatchObject({ cause: 4 })
})
