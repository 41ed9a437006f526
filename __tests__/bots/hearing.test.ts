import { expect, test } from '@jest/globals'
import { listener, lobby } from './flock.js'
import { ada, grace } from './world.js'

/** 小小鸟 and 助手, both in auto, and who of them hears these lines of ada's. */
async function heard(lines: [text: string, more?: { reply_to?: number }][], people = [ada]) {
  const bird = listener('小小鸟', { hear: 'auto' })
  const helper = listener('助手', { hear: 'auto' })
  const { room, says, bots } = await lobby(bird.definition, helper.definition)
  room.here = people
  const [first, second] = bots.members({ name: 'lobby' })
  if (first && second) {
    await says(first, 'I am the bird') // number 1
    await says(second, 'I help') // number 2
  }
  await says(grace, '/silence') // number 3, a command: it reaches both
  for (const [text, more = {}] of lines) {
    await new Promise(setImmediate) // the tasks before have run
    await says(ada, text, more)
  }
  await new Promise(setImmediate)
  const own = (all: string[]) => all.filter((text) => text !== '/silence')
  return [own(bird.heard), own(helper.heard)]
}

test('alone with two bots in auto, who is called by name is meant and nobody else', async () => {
  expect(await heard([['@助手 hi'], ['小小鸟，hi'], ['hi']])).toEqual([
    ['小小鸟，hi', 'hi'],
    ['@助手 hi', 'hi'],
  ])
})

test('alone, a line that answers a bot is for that bot', async () => {
  expect(await heard([['nice', { reply_to: 2 }]])).toEqual([[], ['nice']])
})

test('alone, a line that answers a person is for both, among people for none', async () => {
  const line: [string, { reply_to: number }] = ['as I said', { reply_to: 3 }]
  expect(await heard([line])).toEqual([['as I said'], ['as I said']])
  expect(await heard([line], [ada, grace])).toEqual([[], []])
})

test('a bot of another room is not called here, so that the others may answer', async () => {
  const bird = listener('小小鸟', { hear: 'auto' })
  const away = listener('门卫', { hear: 'auto', rooms: ['gate'] })
  const { says } = await lobby(bird.definition, away.definition)
  await says(ada, '@门卫 hi')
  await new Promise(setImmediate)

  expect([bird.heard, away.heard]).toEqual([['@门卫 hi'], []])
})
