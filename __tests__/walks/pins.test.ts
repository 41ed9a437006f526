import { expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** Ada is a moderator, grace is not. */
async function moderated(): Promise<World & { ada: Person; grace: Person }> {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.gives(world.ada, 'mod')
  return world
}

const pinsOf = async (person: Person) =>
  (await person.request({ type: 'pins', room: 'lobby' })).events?.map(({ data }) => data)

test('a moderator pins: a line for everybody, a list for who asks, a number for who joins', async () => {
  const { ada, grace } = await moderated()
  for (const text of ['one', 'two']) await grace.says(text)
  await ada.pins(1)
  const { seq } = await ada.pins(2)

  const view = await grace.sees(seq)
  expect(view.items.at(-1)).toMatchObject({ type: 'pin', message: 2, on: true, data: 'two' })
  expect(view.pins).toEqual([2, 1])
  expect(await pinsOf(grace)).toEqual(['two', 'one'])
  expect(await grace.join('lobby', { anew: true })).toMatchObject({ pins: [2, 1] })
})

test('pins are there after a restart, and go one by one', async () => {
  const world = await moderated()
  await world.ada.says('one')
  await world.ada.pins(1)
  await world.restart()
  await world.ada.comesBack()
  expect(await world.ada.join('lobby', { anew: true })).toMatchObject({ pins: [1] })

  const { seq } = await world.ada.pins(1, false)
  expect(await world.ada.sees(seq)).toMatchObject({ pins: [] })
  expect(await pinsOf(world.ada)).toEqual([])
})

test('the list shows messages as they read now, reactions and all', async () => {
  const { ada, grace } = await moderated()
  await grace.says('one')
  await ada.pins(1)
  await grace.edits(1, 'One')
  const { seq } = await grace.reacts(1, '👍')

  const { events } = await ada.request({ type: 'pins', room: 'lobby' })
  expect(events).toMatchObject([{ data: 'One', edited: expect.any(Number), reactions: [{}] }])
  expect((await ada.sees(seq)).items.at(-1)).toMatchObject({ type: 'pin', data: 'One' })
})

test('who is no moderator neither pins nor sets the topic', async () => {
  const { ada, grace } = await moderated()
  await grace.says('one')
  const topic = { type: 'topic', room: 'lobby', data: 'tea' }
  for (const refused of [grace.pins(1), grace.request(topic)]) {
    await expect(refused).rejects.toMatchObject({ code: 'denied', retry: false })
  }
  expect(await pinsOf(ada)).toEqual([])
})

test('a topic is a line for everybody and stands in the settings of who joins', async () => {
  const world = await moderated()
  const topic = { type: 'topic', room: 'lobby', data: '  tea\nand  cake ' }
  const { seq } = await world.ada.request(topic)

  const view = await world.grace.sees(seq)
  expect([view.topic, view.items.at(-1)]).toMatchObject(['tea and cake', { type: 'topic' }])
  const late = await world.enters('late')
  const joined = await late.join('lobby', { anew: true })
  expect(joined).toMatchObject({ settings: { topic: 'tea and cake' } })
  expect(await world.ada.request(topic)).toMatchObject({ dup: true })
})

test('a topic may be empty, and is short', async () => {
  const { ada } = await moderated()
  const topic = (data: string) => ada.request({ type: 'topic', room: 'lobby', data })
  await topic('tea')
  const { seq } = await topic('')
  expect(await ada.sees(seq)).toMatchObject({ topic: '' })
  await expect(topic('x'.repeat(201))).rejects.toMatchObject({
    code: 'too_long',
    frame: { data: expect.stringContaining('200') },
  })
})
