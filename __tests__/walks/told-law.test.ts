import { expect, test } from '@jest/globals'
import type { ClientFrame } from '../../src/frames.js'
import type { Frame, Joined } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { LAW } from './snapshot-law/frames.js'

/**
 * The same law for what has no number: what a room's `joined` says beside its events, and everything that is told
 * after it, is what a new `joined` would say.
 */
interface Standing {
  settings: object
  role: string | undefined
  level: string
  mutedUntil: number | undefined
  /** Of members, by id. */
  roles: Record<number, string>
  /** For moderators: who waits, and who may not speak. */
  knocks: number[]
  muted: Record<number, number>
}

const standing = ({ settings, you, users, knocks = [], muted = [] }: Joined): Standing => ({
  settings,
  role: text(you['role']),
  level: you.level,
  mutedUntil: number(you['muted_until']),
  roles: Object.fromEntries(users.flatMap(({ id, role }) => (role ? [[id, role]] : []))),
  knocks: knocks.map(({ id }) => id),
  muted: Object.fromEntries(muted.map(({ user, muted_until: until }) => [user, until])),
})

/** What a client makes of a frame about the room. */
function told(view: Standing, frame: Frame, me: number): Standing {
  switch (frame.type) {
    case 'room':
      return { ...view, settings: frame.settings }
    case 'notify':
      return { ...view, level: frame.level }
    case 'muted':
      return { ...view, mutedUntil: frame.muted_until }
    case 'silenced':
      return { ...view, muted: put(view.muted, frame.user, frame.muted_until) }
    case 'knock':
      return { ...view, knocks: [...view.knocks, frame.user.id] }
    case 'answered':
      return { ...view, knocks: view.knocks.filter((id) => id !== frame.user) }
    case 'status': {
      const { id, role } = frame.user
      return { ...view, roles: put(view.roles, id, role), ...(id === me && { role }) }
    }
    default:
      return view
  }
}

const put = <T>(all: Record<number, T>, key: number, value: T | undefined): Record<number, T> => {
  const { [key]: _gone, ...rest } = all
  return value === undefined ? rest : { ...rest, [key]: value }
}
const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)

type Den = Record<'grace' | 'mo' | 'bob' | 'eve', Person>
type Unnumbered = {
  [T in keyof typeof LAW]: (typeof LAW)[T] extends 'unnumbered' ? T : never
}[ClientFrame['type']]

/** What is done with each of these frames, from first to last. A frame of the law without a line does not compile. */
const deeds: Record<Unnumbered, ((den: Den) => Promise<unknown>)[]> = {
  room: [
    ({ mo }) => mo.request({ type: 'room', room: 'den', set: { title: 'Den', slow_ms: 9_000 } }),
    ({ mo }) => mo.request({ type: 'room', room: 'den', set: { approval: true, slow_ms: 0 } }),
  ],
  approve: [
    ({ mo }) => mo.request({ type: 'room', room: 'den', set: { approval: true } }),
    ({ eve }) => expect(eve.join('den')).rejects.toMatchObject({ code: 'waiting' }),
    ({ mo, eve }) => mo.request({ type: 'approve', room: 'den', user: eve.user.id, on: true }),
  ],
  notify: [({ bob }) => bob.request({ type: 'notify', room: 'den', level: 'mentions' })],
  mute: [
    ({ mo, bob }) => mo.request({ type: 'mute', room: 'den', user: bob.user.id, ms: 600_000 }),
    ({ grace, bob }) => grace.request({ type: 'mute', user: bob.user.id, ms: 60_000 }),
    ({ mo, bob }) => mo.request({ type: 'mute', room: 'den', user: bob.user.id, ms: 0 }),
  ],
  role: [
    ({ grace, bob }) => grace.request({ type: 'role', user: bob.user.id, role: 'mod' }),
    ({ grace, bob }) => grace.request({ type: 'role', user: bob.user.id, role: null }),
  ],
}

const cases = Object.entries(deeds).flatMap(([type, steps]) =>
  (['mo', 'bob'] as const).map((name) => [type, name, steps] as const),
)

test.each(cases)(
  'what is told of %s is what a new joining says to %s',
  async (_type, name, steps) => {
    const world = await lobby({ people: ['grace', 'mo', 'bob', 'eve'] })
    await world.gives(world.grace, 'host')
    for (const person of [world.mo, world.grace, world.bob]) await person.join('den')
    const person = world[name]
    const [watching, fresh] = [await world.tab(person, 'watching'), await world.tab(person)]
    let view = standing(await watching.join('den'))
    for (const step of steps) {
      const before = watching.frames.length
      await step(world)
      const { seq } = await world.mo.says('that was it', { room: 'den' })
      await watching.sees(seq, 'den')
      const frames = watching.frames.slice(before)
      view = frames.reduce((now, frame) => told(now, frame, person.user.id), view)
      expect(view).toEqual(standing(await fresh.join('den', { anew: true })))
    }
  },
)
