import { expect, test } from '@jest/globals'
import { countedStore } from '../helpers/counted-store.js'
import { lobby } from '../helpers/lobby.js'
import type { Frame, Listed } from '../helpers/frames.js'
import { refusalOf, type Person } from '../helpers/person.js'

/** A room as it stands in the list of somebody's last hello. */
const listed = (person: Person, name: string): Listed | undefined =>
  person.hello?.rooms.find((room) => room.name === name)

/** What is unread in a room, once somebody's connection is told a count that fits. */
async function told(person: Person, room: string, unread: number, mentions = 0): Promise<Frame> {
  return person.next(
    (frame) =>
      frame.type === 'heads' &&
      frame.unread[room]?.unread === unread &&
      frame.unread[room]?.mentions === mentions,
  )
}

/** Somebody is in a room, and then elsewhere. */
async function wasIn(person: Person, room: string): Promise<void> {
  await person.join(room)
  await person.leave(room)
}

test('what is said in a room of mine reaches a connection that has not joined it', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('garden')
  await wasIn(grace, 'garden')

  await ada.says('roses', { room: 'garden' })
  expect(await told(grace, 'garden', 1)).toMatchObject({ data: {} })
  await ada.says('@grace lilies', { room: 'garden' })
  await told(grace, 'garden', 2, 1)
  expect(grace.frames.filter(({ type }) => type === 'chat')).toEqual([])
})

test('hello counts what others said while I was away, and nothing of my own or of a bot', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await grace.says('mine')
  await grace.drop()
  await ada.says('one')
  await ada.says('@小小鸟 你好')
  await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')
  await world.restart()
  await grace.connect()

  expect(listed(grace, 'lobby')).toMatchObject({ unread: 2, mentions: 0, level: 'all' })
})

test('counts kept in memory and counts from the store agree', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'mia'] })
  const { ada, grace, mia } = world
  for (const room of ['garden', 'kitchen']) {
    await ada.join(room)
    await wasIn(grace, room)
    await wasIn(mia, room)
    for (let i = 0; i < 5; i++) await ada.says(`line ${i}`, { room })
  }
  grace.sends({ type: 'read', room: 'garden', seq: 3 })
  const counts = async () => {
    await grace.connect()
    return grace.hello?.rooms.map(({ name, unread, mentions }) => [name, unread, mentions])
  }
  await told(grace, 'kitchen', 5)
  await grace.request({ type: 'rooms' })
  const inMemory = await counts()
  await world.restart()

  expect(inMemory).toContainEqual(['garden', 2, 0])
  expect((await counts())?.toSorted()).toEqual(inMemory?.toSorted())
})

test('when I read on the phone, the count falls on the desktop at once', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.join('garden')
  await wasIn(grace, 'garden')
  const phone = await world.tab(grace, 'phone')
  for (let i = 0; i < 3; i++) await ada.says(`line ${i}`, { room: 'garden' })
  await phone.join('garden')

  phone.sends({ type: 'read', room: 'garden', seq: 2 })
  expect(await grace.next(({ type }) => type === 'read')).toMatchObject({ read: 2, unread: 1 })
  phone.sends({ type: 'read', room: 'garden', seq: 3 })
  expect(await grace.next(({ type }) => type === 'read')).toMatchObject({ read: 3, unread: 0 })
  await ada.says('one more', { room: 'garden' })
  await told(grace, 'garden', 1)
})

test('who is let in takes nobody’s count along, however long they waited', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'mia'] })
  const { ada, grace, mia } = world
  await ada.join('den')
  await ada.request({ type: 'room', room: 'den', set: { approval: true } })
  expect(await refusalOf(grace.join('den'))).toMatchObject({ code: 'waiting' })
  await ada.request({ type: 'leave', room: 'den', forget: true }) // nobody is left who counts there
  await world.gives(mia, 'mod')
  await wasIn(mia, 'den')
  await mia.request({ type: 'approve', room: 'den', user: grace.user.id, on: true })

  await grace.join('den')
  await grace.says('roses', { room: 'den' })
  await told(mia, 'den', 1)
})

test('a mark far in the past is counted from the store', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await wasIn(grace, 'garden')
  const phone = grace
  await ada.join('garden')
  const says = (person: Person, lines: number) =>
    Promise.all(
      Array.from({ length: lines }, (_, i) => person.says(`line ${i}`, { room: 'garden' })),
    )
  await says(ada, 100)
  await grace.join('garden')
  await says(grace, 600) // more than is kept in memory; her own do not count

  phone.sends({ type: 'read', room: 'garden', seq: 10 })
  const { rooms } = await phone.request({ type: 'rooms' })
  expect(rooms?.find(({ name }) => name === 'garden')).toMatchObject({ unread: 90 })
})

test('a muted room counts mentions and nothing else, on all devices', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.join('garden')
  await wasIn(grace, 'garden')
  const phone = await world.tab(grace, 'phone')

  expect(await phone.request({ type: 'notify', room: 'garden', level: 'muted' })).toMatchObject({
    level: 'muted',
  })
  expect(await grace.next(({ type }) => type === 'notify')).toMatchObject({ level: 'muted' })
  await ada.says('roses', { room: 'garden' })
  await ada.says('@grace lilies', { room: 'garden' })
  await told(grace, 'garden', 0, 1)
  await told(phone, 'garden', 0, 1)
  await world.restart()
  await grace.connect()
  expect(listed(grace, 'garden')).toMatchObject({ level: 'muted', unread: 0, mentions: 1 })
})

test('a room of others can be listed, but has no level and no counts', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('garden')
  await ada.says('roses', { room: 'garden' })

  await grace.connect()
  expect(listed(grace, 'garden')).toMatchObject({ unread: 0, people: 1 })
  expect(listed(grace, 'garden')).not.toHaveProperty('level')
  await expect(
    grace.request({ type: 'notify', room: 'garden', level: 'all' }),
  ).rejects.toMatchObject({ code: 'not_joined' })
})

test('own rooms come first, those with the newest lines before the others', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  for (const room of ['one', 'two', 'three']) await ada.join(room)
  await ada.says('hi', { room: 'two' })
  await wasIn(grace, 'three')

  const { rooms } = await grace.request({ type: 'rooms' })
  expect(
    rooms
      ?.map(({ name }) => name)
      .slice(0, 2)
      .toSorted(),
  ).toEqual(['lobby', 'three'])
  expect(rooms?.[2]).toMatchObject({ name: 'two' })
})

test('unlisted, locked and archived rooms stand in the lists of those who belong to them', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const sets = {
    hidden: { unlisted: true },
    vault: { passcode: 'sesame' },
    attic: { archived: true },
    club: { approval: true },
  }
  for (const [room, set] of Object.entries(sets)) {
    await ada.join(room)
    await ada.request({ type: 'room', room, set })
  }

  const names = async (person: Person) =>
    (await person.request({ type: 'rooms' })).rooms?.map(({ name }) => name).toSorted()
  expect(await names(grace)).toEqual(['club', 'lobby'])
  expect(await names(ada)).toEqual(['attic', 'club', 'hidden', 'lobby', 'vault'])
  await grace.join('hidden')
  expect(await names(grace)).toEqual(['club', 'hidden', 'lobby'])
})

test('nobody misses or repeats a count while they come in and others talk', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.join('garden')
  await wasIn(grace, 'garden')
  await grace.drop()
  await world.restart()
  await ada.comesBack()

  const talk = Promise.all(
    Array.from({ length: 140 }, (_, i) => ada.says(`${i}`, { room: 'garden' })),
  )
  const tabs = Promise.all(Array.from({ length: 5 }, () => grace.connect()))
  await Promise.all([talk, tabs])
  const { rooms } = await grace.request({ type: 'rooms' })
  expect(rooms?.find(({ name }) => name === 'garden')).toMatchObject({ unread: 140 })
})

test('who is in a hundred rooms is greeted after the same questions to the store as who is in one', async () => {
  const counted = countedStore()
  const rooms = Array.from({ length: 100 }, (_, index) => `room-${index}`)
  const config = { 'rooms.names': rooms }
  const world = await lobby({ people: ['ada', 'grace'], store: counted.around, config })
  for (const room of rooms) await world.ada.join(room)
  await world.restart() // nothing of theirs is in memory

  const asked = async (person: Person) => {
    counted.asked()
    const { rooms } = await person.connect()
    return { belongs: rooms.filter(({ level }) => level).length, asked: counted.asked() }
  }
  const [many, one] = [await asked(world.ada), await asked(world.grace)]
  expect([many.belongs, one.belongs]).toEqual([101, 1])
  expect(many.asked).toContain('people.of')
  expect(many.asked).toEqual(one.asked)
})
