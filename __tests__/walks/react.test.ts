import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('reactions are seen live, after a reconnect, and by who comes later', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom'] })
  await world.ada.says('done!')
  await world.tom.sees(1)
  await world.tom.drop()
  await world.grace.reacts(1, '🎉')
  const { seq } = await world.ada.reacts(1, '🎉')
  const users = [world.grace.user.id, world.ada.user.id]
  const line = { data: 'done!', reactions: [{ data: '🎉', users, count: 2 }] }

  expect(await world.ada.sees(seq)).toMatchObject({ items: [line] })
  await world.tom.comesBack()
  expect(await world.tom.sees(seq)).toMatchObject({ items: [line] })
  const late = await world.enters('late')
  expect(await late.sees(seq)).toMatchObject({ items: [line] })
})

test('an emoji is taken away again, and its kind with the last one', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.says('done!')
  await ada.reacts(1, '🎉')
  const { seq } = await ada.reacts(1, '🎉', false)
  expect((await grace.sees(seq)).items[0]).not.toHaveProperty('reactions')
  expect(grace.heard().at(-1)).toMatchObject({ type: 'react', on: false, data: '🎉', message: 1 })
})

test('what is there already, or not there, is acknowledged without a number', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('done!')
  await ada.reacts(1, '🎉')
  for (const again of [await ada.reacts(1, '🎉'), await ada.reacts(1, '👍', false)]) {
    expect(again).toMatchObject({ dup: true })
    expect(again).not.toHaveProperty('seq')
  }
})

test.each(['👍🏽', '👩‍👩‍👧‍👦', '🇨🇳', '1️⃣', '❤️', '❤'])('%s is one emoji', async (emoji) => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('done!')
  const { seq } = await ada.reacts(1, emoji)
  const data = emoji === '❤' ? '❤️' : emoji
  expect(await ada.sees(seq)).toMatchObject({ items: [{ reactions: [{ data }] }] })
})

test.each(['', 'a', '👍👍', ':+1:', '好', '<b>', '👍 '])('%j is no emoji', async (data) => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('done!')
  await expect(ada.reacts(1, data)).rejects.toMatchObject({ code: 'bad_request', retry: false })
})

test('a message has at most twenty kinds, and the refusal says so', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('done!')
  const emoji = (index: number) => String.fromCodePoint(0x1f600 + index)
  for (let index = 0; index < 20; index++) await ada.reacts(1, emoji(index))

  await expect(ada.reacts(1, emoji(20))).rejects.toMatchObject({
    code: 'too_many',
    frame: { data: expect.stringContaining('20') },
  })
})

test.each([
  ['a number that was not given yet', 9],
  ['a notice', 1],
])('%s takes no emoji', async (_what, message) => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('/nick Countess')
  await expect(ada.reacts(message, '👍')).rejects.toMatchObject({ code: 'no_such_message' })
})

test('of a crowd twenty are named, and each is told of its own', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('done!')
  const crowd = await Promise.all(Array.from({ length: 22 }, (_, i) => world.enters(`p${i}`)))
  for (const person of crowd) await person.reacts(1, '🎉')
  const users = crowd.slice(0, 20).map(({ user }) => user.id)
  const told = { data: '🎉', count: 22, users }

  const [last] = crowd.slice(-1)
  for (const [person, mine] of [[last, { mine: true }] as const, [world.ada, {}] as const]) {
    const { events: joined } = (await person?.join('lobby', { anew: true })) ?? {}
    const page = await person?.request({ type: 'history', room: 'lobby', limit: 5 })
    for (const events of [joined, page?.events]) {
      expect(events?.[0]?.reactions).toEqual([{ ...told, ...mine }])
    }
  }
})
