import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** The name of somebody's room with another. */
async function roomWith(person: Person, user: number): Promise<string> {
  const { room = '' } = await person.request({ type: 'direct', user })
  return room
}

const lists = (person: Person, name: string) =>
  person.next((frame) => frame.type === 'rooms' && frame.rooms.some((room) => room.name === name))

test('two who write to each other at the same moment get one room, titled with the other', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const [mine, hers] = await Promise.all([
    roomWith(ada, grace.user.id),
    roomWith(grace, ada.user.id),
  ])

  expect(mine).toBe(hers)
  expect(mine).toMatch(/^d-[a-z2-7]{26}$/)
  expect(await ada.join(mine)).toMatchObject({ title: 'grace', settings: { kind: 'direct' } })
  expect(await grace.join(mine)).toMatchObject({ title: 'ada', you: { level: 'all' } })
})

test('a first line reaches the other wherever they are; before it they hear nothing', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await ada.join(room)
  expect((await grace.request({ type: 'rooms' })).rooms).toMatchObject([{ name: 'lobby' }])

  await ada.says('psst', { room })
  expect(await lists(grace, room)).toMatchObject({
    rooms: [{ kind: 'direct', title: 'ada', user: { name: 'ada' }, unread: 1 }],
  })
  await ada.says('are you there?', { room })
  await grace.next((frame) => frame.type === 'heads' && frame.unread[room]?.unread === 2)
  expect(grace.frames.filter(({ type }) => type === 'chat')).toEqual([])
})

test('who opens it after the other has it in their list as well, said or not', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await lists(ada, room)

  await roomWith(grace, ada.user.id)
  await lists(grace, room)
  const { rooms } = await grace.connect() // as the page does that shows it
  expect(rooms).toContainEqual(expect.objectContaining({ name: room, title: 'ada' }))
})

test('a first line brings it into the list of the other, also of who mutes a bot at that moment', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await ada.join(room)
  await ada.says('look there') // counts are told once a second: the next ones wait
  await ada.says('psst', { room })
  await grace.request({ type: 'volume', bot: 0, level: 'muted' }) // all that grace has not read is counted anew

  expect(await lists(grace, room)).toMatchObject({ rooms: [{ unread: 1 }] })
})

test('it is nobody else’s: not listed, not joined, not even by the host', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'mia'] })
  const { ada, grace, mia } = world
  await world.gives(mia, 'host')
  const room = await roomWith(ada, grace.user.id)
  await ada.join(room)
  await ada.says('psst', { room })

  await expect(mia.join(room)).rejects.toMatchObject({ code: 'no_such_room' })
  await mia.connect()
  expect(mia.hello?.rooms.map(({ name }) => name)).toEqual(['lobby'])
  expect((await world.get(`/r/${room}`, { headers: { cookie: mia.cookie } })).status).toBe(404)
})

test('a bot hears every line in it, whatever it hears elsewhere, and no other bot is there', async () => {
  const bots = {
    'bot:gardener': { use: 'offline', hear: 'command', rooms: ['garden'] },
    'bot:other': { use: 'offline', hear: 'all' },
  }
  const { ada } = await lobby({ people: ['ada'], plugins: bots })
  const room = await roomWith(ada, 0)
  await ada.join(room)
  await ada.says('hello', { room })

  await ada.next((frame) => frame.type === 'chat' && frame.user.name === 'gardener')
  expect(await ada.members(room)).toEqual(['gardener', 'ada'])
})

test('what a bot says in it is unread, for it is said to me', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const room = await roomWith(ada, 0)
  await ada.join(room)
  await ada.says('你好', { room })
  await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  await ada.connect()
  expect(ada.hello?.rooms.find(({ name }) => name === room)).toMatchObject({
    unread: 1,
    user: { kind: 'bot' },
  })
})

test('nobody has a room with themselves, or with somebody who is not', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await expect(roomWith(ada, ada.user.id)).rejects.toMatchObject({ code: 'denied' })
  await expect(roomWith(ada, 99)).rejects.toMatchObject({ code: 'no_such_user' })
  await expect(roomWith(ada, -99)).rejects.toMatchObject({ code: 'no_such_user' })
})

test('both are at home: neither leaves for good, and nobody keeps it otherwise', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await ada.join(room)

  const asks = [
    { type: 'leave', room, forget: true },
    { type: 'room', room, set: { announce: true } },
    { type: 'invite', room },
    { type: 'approve', room, user: grace.user.id, on: false },
  ]
  for (const ask of asks) await expect(ada.request(ask)).rejects.toMatchObject({ code: 'denied' })
})

test('a new name of the other is its new title', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await grace.says('/nick 欧阳明远')
  expect(await ada.join(room)).toMatchObject({ title: '欧阳明远' })
})

test('nobody makes a room that looks like one of two', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await expect(ada.join(`d-${'a'.repeat(26)}`)).rejects.toMatchObject({ code: 'no_such_room' })
})

test('who has another name is called by it in the other’s list of rooms at once', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await roomWith(ada, grace.user.id)
  await ada.join(room)
  await ada.says('psst', { room })
  await lists(grace, room)
  await ada.says('/nick 欧阳明远')

  expect(await lists(grace, room)).toMatchObject({
    rooms: [{ name: room, title: '欧阳明远', user: { name: '欧阳明远' } }],
  })
})

test('of who has signed out it is told that nothing reaches them any more, at once and later', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  const room = await roomWith(ada, grace.user.id)
  expect(await ada.join(room)).not.toHaveProperty('gone')
  await grace.join(room)
  await world.get('/signout', { method: 'POST', headers: { cookie: grace.cookie } })

  const gone = { room, user: { name: 'grace' }, elsewhere: false, gone: true }
  expect(await ada.next(({ type }) => type === 'status')).toMatchObject(gone)
  expect(await ada.join(room)).toMatchObject({ gone: true })
})
