import { afterEach, expect, jest, test } from '@jest/globals'
import type { Frame } from '../helpers/frames.js'
import { lobby, type LobbyOptions } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

afterEach(() => void jest.useRealTimers())

const plugins = { 'bot:bird': { use: 'offline' } }

const told = (person: Person, elsewhere: boolean) =>
  person.next((frame: Frame) => frame.type === 'status' && frame.elsewhere === elsewhere)

const isOfRooms = ({ type }: Frame) => type === 'rooms'

/** Ada in the lobby, and Grace, who belongs there, in another room. */
async function oneInTheGarden(bots: LobbyOptions<'ada'>['plugins'] = {}) {
  const world = await lobby({ people: ['ada', 'grace'], plugins: bots })
  const { ada, grace } = world
  await grace.join('garden')
  await world.restart()
  await ada.connect()
  await ada.join()
  await grace.connect()
  await grace.join('garden')
  return world
}

test('who is in another room is told as online where they belong, and as gone when they sign out', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world

  expect(await told(ada, true)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  expect(await ada.join()).toMatchObject({ elsewhere: [{ name: 'grace' }] })
  expect(await ada.members()).not.toContain('grace')
  await world.get('/signout', { method: 'POST', headers: { cookie: grace.cookie } })
  expect(await told(ada, false)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  expect((await ada.join()).elsewhere).toBeUndefined()
})

test.each(['kick', 'ban'] as const)(
  'who was sent out of the house by a %s is online nowhere at once, also where they may come back',
  async (type) => {
    const world = await oneInTheGarden()
    const { ada, grace } = world
    await world.gives(ada, 'host')
    await told(ada, true)

    const by = type === 'ban' && { by: ['name'], ms: 3_600_000 }
    const { ban } = await ada.request({ type, user: grace.user.id, ...by })
    expect(await told(ada, false)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
    if (ban) await ada.request({ type: 'unban', ban: ban.id })
    expect((await ada.join()).elsewhere).toBeUndefined()
  },
)

test('who sits at the browser of somebody banned, and under another name, is online nowhere either', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world
  await world.gives(ada, 'host')
  await told(ada, true)
  const kept = grace.cookie.split('; ').filter((one) => one.startsWith('chat_room_device'))
  const eve = await world.enters('eve', { cookie: kept.join('; ') })

  const { ban } = await ada.request({ type: 'ban', user: eve.user.id, by: ['device'] })
  expect(await told(ada, false)).toMatchObject({ user: { name: 'grace' } })
  await ada.request({ type: 'unban', ban: ban?.id })
  expect((await ada.join()).elsewhere).toBeUndefined()
})

test('who is banned from a room while they are in another one is online there no more, and is again when it is lifted', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world
  await world.gives(ada, 'host')
  await told(ada, true)

  const from = { room: 'lobby', user: grace.user.id, by: ['device'] }
  const { ban } = await ada.request({ type: 'ban', ...from })
  expect(await told(ada, false)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  expect(await grace.next(isOfRooms)).toMatchObject({ gone: ['lobby'] })
  expect((await ada.join()).elsewhere).toBeUndefined()
  await ada.request({ type: 'unban', ban: ban?.id })
  expect(await told(ada, true)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  expect(await grace.next(isOfRooms)).toMatchObject({ rooms: [{ name: 'lobby', level: 'all' }] })
  expect(await ada.join()).toMatchObject({ elsewhere: [{ name: 'grace' }] })
})

test('whose ban from a room ends by itself is online there again at once, and has it in their list', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world
  await world.gives(ada, 'host')
  await told(ada, true)

  await ada.request({ type: 'ban', room: 'lobby', user: grace.user.id, ms: 500 })
  expect(await grace.next(isOfRooms)).toMatchObject({ gone: ['lobby'] })
  await told(ada, false)
  expect(await told(ada, true)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  expect(await grace.next(isOfRooms)).toMatchObject({ rooms: [{ name: 'lobby', level: 'all' }] })
})

test('who may come again into a room in which nobody has been since the server started has it in their list', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world
  await world.gives(ada, 'host')
  await ada.join('attic')
  await ada.says('dusty', { room: 'attic' })
  const { ban } = await ada.request({ type: 'ban', room: 'attic', user: grace.user.id })
  await world.restart()
  for (const person of [ada, grace]) await person.connect()

  await ada.request({ type: 'unban', ban: ban?.id })
  expect(await grace.next(isOfRooms)).toMatchObject({ rooms: [{ name: 'attic' }] })
})

test('who belongs to a room no more, or is let in, while they are in another one: those in it are told', async () => {
  const world = await oneInTheGarden()
  const { ada, grace } = world
  await world.gives(ada, 'host')
  await told(ada, true)

  await grace.request({ type: 'leave', room: 'lobby', forget: true })
  expect(await told(ada, false)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
  await ada.request({ type: 'approve', room: 'lobby', user: grace.user.id, on: true })
  expect(await told(ada, true)).toMatchObject({ room: 'lobby', user: { name: 'grace' } })
})

test.each([
  ['kick', 'another', [2]],
  ['kick', 'no other', undefined],
  ['ban', 'another', undefined],
] as const)('who is sent out by a %s and is in %s room', async (type, where, elsewhere) => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await world.gives(ada, 'host')
  if (where === 'another') await (await world.tab(grace)).join('garden')

  await ada.request({ type, room: 'lobby', user: grace.user.id })
  const left = await ada.next(({ type }) => type === 'left')
  expect(left).toMatchObject({ users: [{ id: grace.user.id }] })
  expect('elsewhere' in left ? left.elsewhere : undefined).toEqual(elsewhere)
})

test('the door shows the faces of people who are here, in whichever room, and the bird while there are none', async () => {
  const world = await oneInTheGarden({ ...plugins, 'bot:echo': { use: 'echo' } })
  const { ada, grace } = world
  await told(ada, true)
  expect(await door(world)).toEqual({ words: '2 people are here', people: 2, bots: 0 })

  for (const { cookie } of [ada, grace])
    await world.get('/signout', { method: 'POST', headers: { cookie } })
  expect(await door(world)).toEqual({
    words: 'Nobody is here right now. Be the first!',
    people: 0,
    bots: 1,
  })
})

async function door(world: { get(path: string, init: RequestInit): Promise<Response> }) {
  const answer = await world.get('/signin', { headers: { 'accept-language': 'en' } })
  const inside = /<p class="signin__inside">.*?<\/p>/s.exec(await answer.text())?.[0] ?? ''
  return {
    words: /<span>([^<]+)<\/span>/.exec(inside)?.[1],
    people: inside.match(/<svg class="avatar/g)?.length ?? 0,
    bots: inside.match(/<img class="avatar/g)?.length ?? 0,
  }
}

test('who goes to another room has left this one, and whoever stays is told, and not alone with the bird', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], plugins })
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] })
  await grace.leave('lobby')
  await jest.advanceTimersByTimeAsync(9_000)
  jest.useRealTimers()

  const { id } = grace.user
  expect(await ada.next(({ type }) => type === 'left')).toMatchObject({
    users: [{ id }],
    count: 2,
    elsewhere: [id],
  })
  await ada.says('hello')
  await ada.says('bird, hello')
  const answer = await ada.next((frame) => frame.type === 'chat' && frame.user.id === 0)
  expect(answer).toMatchObject({ cause: 2 })
})
