import { expect, test } from '@jest/globals'
import type { Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

type Change = Extract<Frame, { type: 'rooms' }>

/** The next frame by which somebody's list of rooms changes as awaited. */
async function listChange(person: Person, awaited: (change: Change) => boolean): Promise<Change> {
  const change = await person.next((frame) => frame.type === 'rooms' && awaited(frame))
  if (change.type !== 'rooms') throw new Error('unreachable')
  return change
}

test('a room is called as its maker writes it, and its address is made of that', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const make = (title: string) => ada.request({ type: 'make', title })

  expect(await make('  Book Club  📚 ')).toMatchObject({ room: 'book-club', title: 'Book Club 📚' })
  expect(await make('读书会 二班')).toMatchObject({ room: '读书会-二班', title: '读书会 二班' })
  expect(await make('🎉')).toMatchObject({ room: 'room', title: '🎉' })
  const { title, settings, you } = await ada.join('book-club')
  expect([title, settings.title, you.role]).toEqual(['Book Club 📚', 'Book Club 📚', 'mod'])
})

test('where a name is taken, another room gets a similar one, and nobody comes into the first', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  expect(await ada.request({ type: 'make', title: 'Garden' })).toMatchObject({ room: 'garden' })
  expect(await grace.request({ type: 'make', title: 'garden' })).toMatchObject({ room: 'garden-2' })
  const long = 'x'.repeat(80)
  expect((await ada.request({ type: 'make', title: long })).room).toBe('x'.repeat(36))
  expect((await grace.request({ type: 'make', title: long })).room).toBe(`${'x'.repeat(36)}-2`)
})

test('a room has its topic, its passcode and its quiet from the first moment on, and no line says so', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const wish = { topic: 'A chapter a week', passcode: 'sesame', unlisted: true }
  const { room = '' } = await ada.request({ type: 'make', title: 'Club', ...wish })

  await expect(grace.join(room)).rejects.toMatchObject({ code: 'no_such_room' })
  const { settings } = await ada.join(room)
  expect(settings).toMatchObject({ topic: wish.topic, passcode: true, unlisted: true })
  expect(await ada.hears(room)).toEqual([])
})

test.each([
  [{ title: ' ' }, 'bad_request'],
  [{ title: 'x'.repeat(81) }, 'too_long'],
  [{ title: 'Club', topic: 'x'.repeat(201) }, 'too_long'],
  [{ title: 'Club', passcode: '123' }, 'denied'],
  [{ title: 'Club', passcode: '🍵🍵🍵' }, 'denied'],
  [{ title: 'Club', passcode: '1'.repeat(129) }, 'denied'],
])('%j makes no room, and says %s', async (wish, code) => {
  const { ada } = await lobby({ people: ['ada'] })
  await expect(ada.request({ type: 'make', ...wish })).rejects.toMatchObject({ code })
  const { rooms } = await ada.request({ type: 'rooms' })
  expect(rooms).toMatchObject([{ name: 'lobby' }])
})

test('hello tells who may make rooms, and nobody else makes one', async () => {
  const world = await lobby({ people: ['ada'], config: { 'rooms.create': 'host' } })
  const { ada } = world
  expect(ada.hello).toMatchObject({ may_make: false })
  const make = () => ada.request({ type: 'make', title: 'Club' })
  await expect(make()).rejects.toMatchObject({ code: 'denied' })
  await world.gives(ada, 'host')
  expect(await ada.connect()).toMatchObject({ may_make: true })
  await make()
})

test('a new room comes into the lists of all who may see it, and leaves them when it is hidden', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.request({ type: 'make', title: 'Club' })
  const { rooms } = await listChange(grace, ({ rooms }) => rooms[0]?.name === 'club')
  expect(rooms).toMatchObject([{ name: 'club', title: 'Club' }])
  expect(rooms[0]).not.toHaveProperty('level')

  await ada.request({ type: 'room', room: 'club', set: { title: 'Book club' } })
  await listChange(grace, ({ rooms }) => rooms[0]?.title === 'Book club')
  await ada.request({ type: 'room', room: 'club', set: { unlisted: true } })
  expect(await listChange(grace, ({ gone }) => gone !== undefined)).toMatchObject({
    rooms: [],
    gone: ['club'],
  })
})

test('a room that is hidden at once leaves the lists of those who saw it meanwhile, and nobody else hears of it', async () => {
  const { ada, grace, mia } = await lobby({ people: ['ada', 'grace', 'mia'] })
  await ada.request({ type: 'make', title: 'Club' })
  await listChange(grace, ({ rooms }) => rooms[0]?.name === 'club') // the next change waits for a second
  await ada.request({ type: 'make', title: 'Secret' })
  const { rooms } = await grace.request({ type: 'rooms' })
  expect(rooms).toContainEqual(expect.objectContaining({ name: 'secret' }))
  await ada.request({ type: 'room', room: 'secret', set: { unlisted: true } })

  const { gone } = await listChange(grace, (change) => change.gone !== undefined)
  expect(gone).toEqual(['secret'])
  await mia.request({ type: 'rooms' }) // by then she would have heard of it
  expect(JSON.stringify(mia.frames)).not.toMatch(/secret/i)
})

test('a room that is hidden after its first line leaves the lists, and who comes then does not hear its name', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.request({ type: 'make', title: 'Club' })
  await listChange(grace, ({ rooms }) => rooms[0]?.name === 'club')
  await ada.join('club')
  await ada.says('between us', { room: 'club' })
  await ada.request({ type: 'room', room: 'club', set: { unlisted: true } })
  const mia = await world.enters('mia')

  const { gone } = await listChange(grace, (change) => change.gone !== undefined)
  expect(gone).toEqual(['club'])
  await mia.request({ type: 'rooms' })
  expect(JSON.stringify(mia.frames)).not.toMatch(/club/i)
})

test('a room that is hidden leaves the list of who is banned from it before that is told, too', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.request({ type: 'make', title: 'Club' })
  await ada.join('club')
  await listChange(grace, ({ rooms }) => rooms[0]?.name === 'club')
  await ada.request({ type: 'room', room: 'club', set: { unlisted: true } })
  await ada.request({ type: 'ban', room: 'club', user: grace.user.id })
  const { gone } = await listChange(grace, (change) => change.gone !== undefined)
  expect(gone).toEqual(['club'])
})

test('of a hidden room, and of many changes in a row, nobody hears more than is theirs', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.request({ type: 'make', title: 'Secret', unlisted: true })
  await ada.request({ type: 'room', room: 'secret', set: { title: 'Top secret' } })
  for (let i = 0; i < 5; i++) await ada.request({ type: 'make', title: `Club ${i}` })
  await listChange(grace, ({ rooms }) => rooms.some(({ name }) => name === 'club-4'))

  const told = grace.frames.filter(({ type }) => type === 'rooms')
  expect(JSON.stringify(told)).not.toMatch(/secret/i)
  expect(told.length).toBeLessThanOrEqual(2)
})

test('who leaves a room for good sees it as others do: among the rooms that are open, or not at all', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  for (const room of ['garden', 'cellar']) {
    await ada.join(room)
    await ada.says('hello', { room })
    await grace.join(room)
  }
  await ada.request({ type: 'room', room: 'cellar', set: { unlisted: true } })
  /** @returns the last that she was told of it. */
  const leaves = async (room: string) => {
    await grace.request({ type: 'leave', room, forget: true })
    return grace.frames.findLast(
      (frame) =>
        frame.type === 'rooms' &&
        (frame.gone?.includes(room) || frame.rooms.some(({ name }) => name === room)),
    )
  }

  const open = await leaves('garden')
  expect(open).toMatchObject({ rooms: [{ name: 'garden' }] })
  expect(open).not.toHaveProperty('rooms.0.level')
  expect(await leaves('cellar')).toMatchObject({ rooms: [], gone: ['cellar'] })
})

test('a room that was never written in and that everybody has left stands in nobody’s list', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.join('tyop')
  const told = (name: string) =>
    grace.next((frame) => frame.type === 'rooms' && JSON.stringify(frame).includes(name))
  await told('tyop')
  await ada.request({ type: 'leave', room: 'tyop', forget: true })
  expect(await told('tyop')).toMatchObject({ rooms: [], gone: ['tyop'] })
  await grace.connect()
  expect(grace.hello?.rooms.map(({ name }) => name)).toEqual(['lobby'])

  await grace.join('tyop') // it is there all the same
  await grace.says('hello', { room: 'tyop' })
  expect(
    await ada.next((frame) => frame.type === 'rooms' && frame.rooms[0]?.name === 'tyop'),
  ).toBeDefined()
})

test('an address that nobody has asks before it makes a room', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const headers = { cookie: world.ada.cookie, 'accept-language': 'en' }
  const asked = await world.get('/r/Bok-club', { headers })
  expect([asked.status, await asked.text()]).toEqual([404, expect.stringContaining('No room “bok-club” is open to you · ')]) // prettier-ignore
  expect((await world.grace.request({ type: 'rooms' })).rooms).toHaveLength(1)

  const made = await world.get('/r/bok-club/make', { method: 'POST', headers })
  expect([made.status, made.headers.get('location')]).toEqual([303, '/r/bok-club'])
  expect((await world.get('/r/bok-club', { headers })).status).toBe(200)
  expect((await world.grace.request({ type: 'rooms' })).rooms).toMatchObject([{}, { name: 'bok-club' }]) // prettier-ignore
})

test('an address that nobody has and one of a closed room read the same, to whom may make rooms too', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.grace.join('vault')
  await world.grace.request({ type: 'room', room: 'vault', set: { passcode: 'open sesame' } })
  const headers = { cookie: world.ada.cookie }
  const page = async (name: string) => {
    const answer = await world.get(`/r/${name}`, { headers })
    const text = (await answer.text()).replaceAll(name, '…').replaceAll(/nonce="[^"]*"/g, '')
    return [answer.status, text]
  }
  expect(await page('vault')).toEqual(await page('nowhere'))

  const made = await world.get('/r/vault/make', { method: 'POST', headers })
  expect([made.status, await made.text()]).toEqual([404, expect.stringContaining('role="alert"')])
})
