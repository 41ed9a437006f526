import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { countedStore } from '../helpers/counted-store.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const saysMany = (who: Person, count: number, text = 'line') =>
  Promise.all(Array.from({ length: count }, (_, i) => who.says(`${text} ${i + 1}`)))

async function leavesAndMisses(world: World & { ada: Person; grace: Person }, count: number) {
  await world.ada.drop()
  await saysMany(world.grace, count)
  await world.ada.connect()
  return world.ada.join()
}

test('who was away gets exactly what was missed', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await saysMany(world.grace, 3, 'before')
  await world.ada.hears()

  const joined = await leavesAndMisses(world, 5)

  expect(joined).toMatchObject({ mode: 'resume', head: 8, more: false })
  expect(joined.events.map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 8])
  expect(await world.violations(world.ada)).toEqual([])
})

test('a long absence is told in pages, in order, before anything newer', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })

  const joined = await leavesAndMisses(world, 450)
  await world.grace.says('newest')

  expect(joined).toMatchObject({ mode: 'resume', more: true })
  expect(joined.events).toHaveLength(200)
  expect(await world.ada.hears()).toHaveLength(451)
  expect(await world.violations(world.ada)).toEqual([])
})

test('after more than 500 missed lines comes a snapshot that names its gap', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.grace.says('seen')
  await world.ada.hears()

  const joined = await leavesAndMisses(world, 600)

  expect(joined).toMatchObject({ mode: 'snapshot', head: 601, gap: { from: 2, to: 551 } })
  expect(joined.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => 552 + i))
  await world.grace.says('goes on')
  expect((await world.ada.hears()).at(-1)).toBe('grace: goes on')
})

test('the gap is paged through by history, both ways', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await saysMany(ada, 30)

  const newest = await ada.request({ type: 'history', room: 'lobby', limit: 10 })
  const older = await ada.request({ type: 'history', room: 'lobby', before: 21, limit: 10 })
  const newer = await ada.request({ type: 'history', room: 'lobby', after: 25, limit: 10 })

  const seqs = ({ events = [] }: typeof newest) => events.map(({ seq }) => seq)
  expect([seqs(newest)[0], seqs(newest).at(-1), newest.more]).toEqual([21, 30, true])
  expect([seqs(older)[0], seqs(older).at(-1), older.more]).toEqual([11, 20, true])
  expect([seqs(newer), newer.more]).toEqual([[26, 27, 28, 29, 30], false])
})

test('a client from another past is reset', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await saysMany(ada, 3)
  const { epoch } = await ada.join()
  const ask = (position: object) => {
    const cid = randomUUID()
    ada.sends({ type: 'join', cid, room: 'lobby', ...position })
    return ada.next((frame) => frame.type === 'joined' && frame.cid === cid)
  }

  expect(await ask({ epoch: 'another', since: 2 })).toMatchObject({ mode: 'reset', head: 3 })
  expect(await ask({ epoch, since: 44 })).toMatchObject({ mode: 'reset' })
  expect(await ask({ epoch, since: 2, mark: 12345 })).toMatchObject({ mode: 'reset' })
})

test('a restart in between is not noticed: same numbers, same sessions, nothing lost', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.ada.says('before')
  const closed = world.ada.socket.closed

  await world.restart()
  await world.ada.comesBack()
  await world.grace.comesBack()
  await world.grace.says('after')

  expect((await closed).code).toBe(1012)
  expect(world.ada.frames.some(({ type }) => type === 'bye')).toBe(true)
  expect(await world.ada.hears()).toEqual(['ada: before', 'grace: after'])
  expect(await world.violations(world.ada)).toEqual([])
})

test('after a restart the coming of who was here before says so, and that of a newcomer does not', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await world.restart()
  const eve = await world.enters('eve')
  const came = (name: string) =>
    eve.next((frame) => frame.type === 'join' && frame.users.some((user) => user.name === name))
  for (const person of [grace, ada]) {
    await person.connect()
    await person.join()
    expect(await came(person.user.name)).toMatchObject({ back: [person.user.id] })
  }

  await world.enters('fay')
  expect(await came('fay')).not.toHaveProperty('back')
})

test('heads tell where each room stands, and a sync answers like a join', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await saysMany(ada, 2)
  const { epoch } = await ada.join()
  ada.sends({ type: 'sync', cid: 'sync-000001', room: 'lobby', epoch, since: 1 })

  const answer = await ada.next((frame) => frame.type === 'joined' && frame.cid === 'sync-000001')
  expect(answer).toMatchObject({ mode: 'resume', events: [{ seq: 2 }] })
})

test('a crowd that comes back at once asks the store for nothing of what it missed', async () => {
  const counted = countedStore()
  const world = await lobby({ people: ['ada'], store: counted.around })
  const crowd = await Promise.all(Array.from({ length: 20 }, (_, i) => world.enters(`p${i}`)))
  await Promise.all(crowd.map((one) => one.drop()))
  await saysMany(world.ada, 50)
  counted.asked()
  await Promise.all(crowd.map((one) => one.comesBack()))

  expect(new Set(counted.asked())).toEqual(new Set(['sessions.check']))
  for (const one of crowd) expect(await one.hears()).toHaveLength(50)
})
