import { expect, test } from '@jest/globals'
import type { Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const isStatus = (name: string) => (frame: Frame) =>
  frame.type === 'status' && frame.user.name === name
const roleOf = async (reader: Person, name: string, room = 'lobby') => {
  const { users = [] } = await reader.request({ type: 'members', room })
  return users.find((user) => user.name === name)?.role
}

test('a role reaches the open sockets and the list of members at once, and goes as fast', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world

  await world.gives(ada, 'mod')
  for (const person of [ada, grace]) {
    expect(await person.next(isStatus('ada'))).toMatchObject({ user: { role: 'mod' } })
  }
  expect(await roleOf(grace, 'ada')).toBe('mod')

  await world.gives(ada)
  await grace.next(isStatus('ada'))
  expect(await roleOf(grace, 'ada')).toBeUndefined()
})

test('a role is there at the next sign-on, in hello and in joined, and over a restart', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'host')
  await world.restart()

  expect(await world.ada.connect()).toMatchObject({ user: { name: 'ada', role: 'host' } })
  const { users } = await world.ada.join()
  expect(users.find(({ name }) => name === 'ada')).toMatchObject({ role: 'host' })
})

test('who makes a room is its moderator, there and nowhere else', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('hers')
  await grace.join('hers')

  expect(await roleOf(grace, 'ada', 'hers')).toBe('mod')
  expect(await roleOf(ada, 'grace', 'hers')).toBeUndefined()
  expect(await roleOf(grace, 'ada')).toBeUndefined()
})

test('a line looks the same to who hears it and to who reads it later, whatever the role', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.gives(world.ada, 'host')
  await world.ada.says('hello')
  await world.grace.hears()

  const { events = [] } = await world.grace.request({ type: 'history', room: 'lobby' })
  expect(world.grace.heard().at(-1)).toEqual(events.at(-1))
})

test('with create = host the host makes rooms, and for others they are not there', async () => {
  const config = { 'rooms.create': 'host' }
  const world = await lobby({ people: ['ada', 'grace', 'bob'], config })
  await world.gives(world.ada, 'host')
  await world.gives(world.bob, 'mod')

  for (const person of [world.grace, world.bob]) {
    await expect(person.join('den')).rejects.toMatchObject({ code: 'no_such_room' })
  }
  await world.ada.join('den')
  await world.grace.join('den')
})

test('who becomes a moderator has every room in their list at once, and loses them with the role', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'mia'] })
  const { ada, grace, mia } = world
  for (const title of ['den', 'cellar']) await ada.request({ type: 'make', title, unlisted: true })
  const told = (person: Person, fits: (names: string[], gone: string[]) => boolean) =>
    person.next(
      (frame) =>
        frame.type === 'rooms' &&
        fits(
          frame.rooms.map(({ name }) => name),
          frame.gone ?? [],
        ),
    )

  await world.gives(grace, 'mod')
  await told(grace, (names) => names.includes('den') && names.includes('cellar'))
  await grace.join('den') // is theirs from then on, whatever their role
  await world.gives(grace)
  await told(grace, (_, gone) => gone.includes('cellar') && !gone.includes('den'))
  await mia.request({ type: 'rooms' })
  expect(JSON.stringify(mia.frames)).not.toContain('cellar')
})
