import { expect, test } from '@jest/globals'
import type { Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'

test('everybody in a room is told how it is kept now, by a frame and a line', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('garden')
  await grace.join('garden')
  const set = { title: ' The  Garden ', slow_ms: 5_000, passcode: 'sesame', math: true }

  const { settings } = await ada.request({ type: 'room', room: 'garden', set })
  expect(settings).toMatchObject({
    title: 'The Garden',
    slow_ms: 5_000,
    passcode: true,
    math: true,
  })
  expect(await grace.next(({ type }) => type === 'room')).toMatchObject({ settings })
  expect(await grace.next(({ type }) => type === 'notice')).toMatchObject({
    data: expect.stringContaining('The Garden'),
    notes: [
      { code: 'title', values: { name: 'ada', title: 'The Garden' } },
      { code: 'passcode', values: { name: 'ada' } },
      { code: 'slow', values: { name: 'ada', ms: 5_000 } },
      { code: 'math', values: { name: 'ada' } },
    ],
  })
  expect((await grace.hears('garden')).join()).not.toContain('sesame')
})

test('what a room is about now stands in every list that it is in, of who is elsewhere and of who comes later', async () => {
  const { ada, grace, mia } = await lobby({ people: ['ada', 'grace', 'mia'] })
  await ada.join('garden')
  await grace.join('garden')
  await grace.leave('garden')
  await ada.request({ type: 'topic', room: 'garden', data: 'roses' })

  const isTold = (frame: Frame) =>
    frame.type === 'rooms' && frame.rooms.some(({ topic }) => topic === 'roses')
  await grace.next(isTold)
  await mia.next(isTold)
  const { rooms } = await mia.connect()
  expect(rooms.find(({ name }) => name === 'garden')).toMatchObject({ topic: 'roses' })
})

test('a room keeps its settings over a restart, and every form of them can be read', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.join('garden')
  const set = { unlisted: true, announce: true, approval: true, slow_ms: 21_600_000 }
  await world.ada.request({ type: 'room', room: 'garden', set })
  await world.restart()
  await world.ada.connect()

  expect(await world.ada.request({ type: 'room', room: 'garden' })).toMatchObject({ settings: set })
  expect(await world.ada.join('garden')).toMatchObject({ settings: set })
})

test('nothing changed is nothing told', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.join('garden')
  for (const set of [{}, { announce: false, title: '' }, { passcode: '' }]) {
    await ada.request({ type: 'room', room: 'garden', set })
  }
  expect(await ada.hears('garden')).toEqual([])
})

test.each([
  [{ passcode: '123' }, 'denied', /4 characters/],
  [{ title: 'x'.repeat(81) }, 'too_long', /80/],
  [{ title: 'a\u0000b' }, 'bad_request', /./],
  [{ slow_ms: 21_600_001 }, 'bad_request', /slow_ms/],
  [{ slow_ms: -1 }, 'bad_request', /slow_ms/],
  [{ announce: 'yes' }, 'bad_request', /announce/],
])('%j is refused with %s, and nothing is changed', async (set, code, sentence) => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.join('garden')
  const { settings } = await ada.request({ type: 'room', room: 'garden' })

  const refused = ada.request({ type: 'room', room: 'garden', set: { math: true, ...set } })
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) })
  expect(await ada.request({ type: 'room', room: 'garden' })).toMatchObject({ settings })
})

test('the lobby is where everybody comes in: it can be neither hidden nor archived', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'host')
  const sets = (set: object) => world.ada.request({ type: 'room', room: 'lobby', set })
  await expect(sets({ unlisted: true })).rejects.toMatchObject({ code: 'denied' })
  await expect(sets({ archived: true })).rejects.toMatchObject({ code: 'denied' })
  expect(await sets({ title: '会客厅' })).toMatchObject({ settings: { title: '会客厅' } })
})

test('an archived room can be read, but nothing is said in it until it is opened again', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('attic')
  await grace.join('attic')
  await ada.says('old things', { room: 'attic' })
  const archive = (archived: boolean) =>
    ada.request({ type: 'room', room: 'attic', set: { archived } })

  await archive(true)
  await expect(ada.says('more', { room: 'attic' })).rejects.toMatchObject({ code: 'denied' })
  expect((await grace.join('attic', { anew: true })).events).toMatchObject([
    { data: 'old things' },
    {},
  ])
  await archive(false)
  await grace.says('new things', { room: 'attic' })
})

test('who may make rooms is in the configuration; who makes one is its moderator', async () => {
  const world = await lobby({ people: ['ada', 'grace'], config: { 'rooms.create': 'host' } })
  const { ada, grace } = world
  await world.gives(ada, 'host')

  await expect(grace.join('读书会')).rejects.toMatchObject({ code: 'no_such_room' })
  expect(await ada.join('读书会')).toMatchObject({ you: { role: 'host' } })
  await grace.join('读书会')
})

test('nobody makes rooms where nobody may, not even the host', async () => {
  const world = await lobby({ people: ['ada'], config: { 'rooms.create': 'nobody' } })
  await world.gives(world.ada, 'host')
  await expect(world.ada.join('garden')).rejects.toMatchObject({ code: 'no_such_room' })
})

test('a new room is kept as the configuration says, until its moderators say otherwise; the lobby is open', async () => {
  const fresh = { 'rooms.slow': '30s', 'rooms.approval': true, 'rooms.unlisted': true, 'rooms.math': true } // prettier-ignore
  const world = await lobby({ people: ['ada', 'grace'], config: { ...fresh, 'rooms.names': ['den'] } }) // prettier-ignore
  const { ada, grace } = world
  const { settings } = await ada.join('garden')
  expect(settings).toMatchObject({ slow_ms: 30_000, approval: true, unlisted: true, math: true })
  for (const room of ['garden', 'den']) await expect(grace.join(room)).rejects.toMatchObject({ code: 'waiting' }) // prettier-ignore
  expect(await grace.join('lobby')).toMatchObject({ settings: { slow_ms: 0, approval: false } })

  const set = { slow_ms: 0, approval: false, unlisted: false, math: false }
  await ada.request({ type: 'room', room: 'garden', set })
  await world.restart()
  await grace.connect()
  expect(await grace.join('garden')).toMatchObject({ settings: set })
})
