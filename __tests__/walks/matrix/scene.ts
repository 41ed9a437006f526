import type { World } from '../../helpers/lobby.js'
import type { Person } from '../../helpers/person.js'
import { byRole, ROLES, type Role } from './promises.js'

/** A place with somebody of each role in it. */
export interface Scene {
  people: Record<Role, Person>
  /** Whose lines are answered, and who is acted on; not connected any more. */
  bob: Person
  /** Where each asks; undefined: no room is named. */
  room: ((role: Role) => string) | undefined
  /** Numbers of the first line that each said there; 0: none. */
  own: Record<Role, number>
  /** Number of a line of somebody else, one for each role. */
  theirs: Record<Role, number>
}

/** How a room of a kind is kept; the others by nothing but their people. */
const SET: Record<string, object> = {
  unlisted: { unlisted: true },
  passcode: { passcode: 'open sesame' },
  approval: { approval: true },
  announce: { announce: true },
  archived: { archived: true },
}

/** A place of a kind: `direct`, `house` (no room is named), or how a room is kept. */
export async function scene(world: World, kind: string): Promise<Scene> {
  if (kind === 'direct') return ofTwo(world)
  const made = await room(world, kind)
  return kind === 'house' ? { ...made, room: undefined } : made
}

/** A room in which everybody but the stranger has said a line before it became so. */
async function room(world: World, kind: string): Promise<Scene> {
  const people = await everybody(world, kind)
  const { maker, host, muted } = people
  const name = `a-${kind}-room`
  const bob = await world.enters(`bob-${kind}`)
  const inside = ROLES.filter((role) => role !== 'stranger')
  await maker.join(name)
  for (const person of [...inside.map((role) => people[role]), bob]) await person.join(name)

  const own = byRole(() => 0)
  const theirs = byRole(() => 0)
  for (const role of ROLES) theirs[role] = await line(bob, name)
  for (const role of inside) own[role] = await line(people[role], name)
  await bob.close()
  if (SET[kind]) await maker.request({ type: 'room', room: name, set: SET[kind] })
  await host.request({ type: 'mute', user: muted.user.id, ms: 600_000 })
  return { people, bob, room: () => name, own, theirs }
}

/** A room of the maker and the person; for the muted one, another of the maker and them. */
async function ofTwo(world: World): Promise<Scene> {
  const people = await everybody(world, 'direct')
  const { maker, person, muted, host } = people
  const bob = await world.signIn('bob-direct')
  const [hers, mutes] = [await pair(maker, person), await pair(maker, muted)]

  const own = byRole(() => 0)
  const theirs = byRole(() => 0)
  for (const role of ['maker', 'person', 'muted'] as const) {
    const room = role === 'muted' ? mutes : hers
    own[role] = await line(people[role], room)
    theirs[role] = await line(role === 'maker' ? person : maker, room)
  }
  await host.request({ type: 'mute', user: muted.user.id, ms: 600_000 })
  return { people, bob, room: (role) => (role === 'muted' ? mutes : hers), own, theirs }
}

async function pair(one: Person, other: Person): Promise<string> {
  const { room = '' } = await one.request({ type: 'direct', user: other.user.id })
  for (const person of [one, other]) await person.join(room)
  return room
}

const line = async (person: Person, room: string): Promise<number> =>
  (await person.says(`a line of ${person.name}`, { room })).seq ?? 0

async function everybody(world: World, kind: string): Promise<Record<Role, Person>> {
  const enters = (role: Role) => world.enters(`${role}-${kind}`)
  const people = {
    host: await enters('host'),
    mod: await enters('mod'),
    maker: await enters('maker'),
    person: await enters('person'),
    muted: await enters('muted'),
    stranger: await enters('stranger'),
  }
  await world.gives(people.host, 'host')
  await world.gives(people.mod, 'mod')
  return people
}
