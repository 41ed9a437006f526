import { Nack, type Person, type RequestFrame } from '../../helpers/person.js'
import { byRole, ROLES, type Role, type Table } from './promises.js'
import type { Scene } from './scene.js'

/** Asks for every cell, in the order of the rows: a role at a time, for what comes last takes it out. */
export async function play(scene: Scene, expected: Table): Promise<Table> {
  const seen: Table = new Map([...expected.keys()].map((row) => [row, byRole(() => '')]))
  for (const role of ROLES) {
    for (const [row, cells] of seen) cells[role] = await cell(row, role, scene)
  }
  return seen
}

/** What a role gets for a row. */
async function cell(row: string, role: Role, scene: Scene): Promise<string> {
  const [type = '', about = ''] = row.split(' ')
  const { people, room } = scene
  const who = people[role]
  const where = room?.(role) ?? ''
  if (type === 'typing') return told(who, where, scene)
  if (type === 'callAll') return called(who, where)
  if (type === 'botHealth') return health(await asks(who, { type: 'bots', room: where }))

  const frame = {
    ...(room && { room: where }),
    type: NAMES[type] ?? type,
    ...(await fields(type, about, role, scene)),
  }
  return type === 'read' ? silent(who, frame) : said(await asks(who, frame))
}

/** Rows that go by another name than their frame. */
const NAMES: Record<string, string> = { settings: 'room' }

/** What a frame says beside its room. */
async function fields(type: string, about: string, role: Role, scene: Scene): Promise<object> {
  const { people, bob, own, theirs } = scene
  const message = (about === 'own' ? own : theirs)[role] || 1
  const whom: Record<string, Person> = {
    host: people.host,
    mod: people.mod,
    maker: people.maker,
    self: people[role],
  }
  const user = (whom[about] ?? bob).user.id
  switch (type) {
    case 'unban':
      return { ban: await made(scene, role, 'ban', { user, by: ['device'] }) }
    case 'revoke':
      return { invite: await made(scene, role, 'invite', {}) }
    case 'handled':
      return { report: await reported(scene, role) }
    default:
      return (SAYS[type] ?? (() => ({})))({ message, user, role })
  }
}

type Says = (about: { message: number; user: number; role: Role }) => object

const SAYS: Record<string, Says> = {
  read: () => ({ seq: 1 }),
  chat: ({ role }) => ({ data: `hello from ${role}` }),
  edit: ({ message, role }) => ({ message, data: `${role} edits` }),
  react: ({ message }) => ({ message, data: '👍', on: true }),
  answer: ({ message }) => ({ message, choices: ['yes'] }),
  pin: ({ message }) => ({ message, on: true }),
  recall: ({ message }) => ({ message }),
  report: ({ message }) => ({ message }),
  topic: ({ role }) => ({ data: `by ${role}` }),
  settings: ({ role }) => ({ set: { title: `by ${role}` } }),
  search: () => ({ q: 'hello' }),
  policy: ({ role }) => ({ bot: 0, mode: role === 'mod' ? 'called' : 'active' }),
  volume: () => ({ bot: 0, level: 'folded' }),
  notify: () => ({ level: 'mentions' }),
  stop: () => ({ stream: 'none' }),
  make: ({ role }) => ({ title: `Of ${role}` }),
  direct: ({ user }) => ({ user }),
  kick: ({ user }) => ({ user }),
  approve: ({ user }) => ({ user, on: true }),
  mute: ({ user }) => ({ user, ms: 0 }),
  ban: ({ user }) => ({ user, by: ['device'] }),
  role: ({ user }) => ({ user, role: null }),
}

type Answer = Readonly<Record<string, unknown>>

/** Sends a request, and takes its one answer as it is. */
async function asks(who: Person, frame: RequestFrame): Promise<Answer> {
  try {
    return await who.request(frame)
  } catch (error) {
    if (error instanceof Nack) return { ...error.frame }
    if (String(error).includes('answered by joined')) return { type: 'joined' }
    throw error
  }
}

const WORDS: Record<string, string> = {
  denied: 'no',
  not_joined: 'away',
  no_such_room: 'none',
  no_such_message: 'gone',
}
const said = (got: Answer): string => {
  const code = got['type'] === 'nack' ? String(got['code']) : 'ok'
  return WORDS[code] ?? code
}

/** What gets no answer: the connection goes on. */
async function silent(who: Person, frame: object): Promise<string> {
  who.sends(frame)
  return said(await asks(who, { type: 'nickname' }))
}

/** Does another member see that somebody types? */
async function told(who: Person, room: string, { people }: Scene): Promise<string> {
  const others = who === people.maker ? [people.person, people.host] : [people.maker]
  await silent(who, { type: 'typing', room })
  for (const one of others) await asks(one, { type: 'nickname' })
  const saw = others.some(({ frames }) =>
    frames.some((got) => got.type === 'typing' && got.room === room && got.user.id === who.user.id),
  )
  return saw ? 'ok' : 'no'
}

/** Does `@all` call everybody? */
async function called(who: Person, room: string): Promise<string> {
  const got = await asks(who, { type: 'chat', room, data: `@all from ${who.name}` })
  if (got['type'] !== 'ack') return said(got)
  const { events = [] } = await who.request({ type: 'history', room, limit: 1 })
  return events[0]?.['all'] === true ? 'ok' : 'no'
}

/** Is it told how the bots fare? */
function health(got: Answer): string {
  if (got['type'] !== 'ack') return said(got)
  const bots = Array.isArray(got['bots']) ? got['bots'] : []
  return bots.some((bot: object) => 'answered' in bot) ? 'ok' : 'no'
}

/** The id of something that the host has made in the same place; where the host is not, of nothing. */
async function made(
  { people, room }: Scene,
  role: Role,
  type: 'ban' | 'invite',
  fields: object,
): Promise<unknown> {
  const where = room && { room: room(role) }
  const { [type]: thing } = await asks(people.host, { ...where, type, ...fields })
  return idOf(thing) ?? 1
}

/** The id of a report that the person has made in the same place; the stranger knows of it too. */
async function reported({ people, room, theirs }: Scene, role: Role): Promise<unknown> {
  const where = room && { room: room(role) }
  await asks(people.maker, { ...where, type: 'report', message: theirs[role] || 1 })
  const { reports } = await asks(people.host, { ...where, type: 'reports' })
  return (Array.isArray(reports) ? idOf(reports[0]) : undefined) ?? 1
}

const idOf = (thing: unknown): unknown =>
  typeof thing === 'object' && thing !== null && 'id' in thing ? thing.id : undefined
