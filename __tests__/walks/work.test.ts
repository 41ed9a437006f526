import { Socket } from 'node:net'
import { afterEach, expect, jest, test } from '@jest/globals'
import { native } from '../../src/chat/write-many.js'
import type { Store } from '../../src/store/store.js'
import { countedStore } from '../helpers/counted-store.js'
import { heldStore } from '../helpers/held-store.js'
import { lobby, type World } from '../helpers/lobby.js'
import { Nack, type Person } from '../helpers/person.js'
import { Program } from '../helpers/program.js'

/*
 * What a message, a join and a page may cost, counted in writes, questions and texts, which do not depend on
 * the machine; `npm run bench` measures the times that come of it.
 */

const { writeMany } = native
afterEach(() => {
  jest.restoreAllMocks()
  native.writeMany = writeMany
})

const names = ['ada', 'grace', 'lin', 'kay', 'joan'] as const

/** Everybody says so many lines; resolves when each of them waits for its commit. */
async function sayMany(people: readonly Person[], each: number) {
  const said = people.flatMap((person) =>
    Array.from({ length: each }, (_, i) =>
      person.says(`line ${i}`).then(
        () => 'stored',
        (error: unknown) => (error instanceof Nack ? error.code : 'failed'),
      ),
    ),
  )
  // A connection's frames are taken up in their order: what came before this question has its place.
  for (const person of people) await person.members()
  return { answers: () => Promise.all(said) }
}

/** What the server hands to its sockets in pieces that are too large to be put together with others. */
function watchLarge(world: World) {
  const ours = Number(new URL(world.url).port)
  const large: unknown[] = []
  const write: unknown = Reflect.get(Socket.prototype, 'write')
  jest.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args) {
    if (Buffer.isBuffer(args[0]) && args[0].length > 4_096 && this.localPort === ours)
      large.push(args[0])
    return typeof write === 'function' && Reflect.apply(write, this, args)
  })
  return () => large
}

/** Descriptors of those to whom the server writes lines of the talk, one a write, whichever way it writes. */
function watchWrites(world: World) {
  const ours = Number(new URL(world.url).port)
  const written: unknown[] = []
  const isTalk = (bytes: unknown) =>
    Buffer.isBuffer(bytes) && bytes.includes('{"type":"chat"') && !bytes.includes('"events":') // no page of the past
  if (writeMany) {
    native.writeMany = (descriptors, count, bytes) => {
      if (isTalk(bytes)) written.push(...descriptors.slice(0, count))
      writeMany(descriptors, count, bytes)
    }
  }
  const write: unknown = Reflect.get(Socket.prototype, 'write')
  jest.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args) {
    const handle: unknown = Reflect.get(this, '_handle')
    if (isTalk(args[0]) && this.localPort === ours)
      written.push(typeof handle === 'object' && handle && Reflect.get(handle, 'fd'))
    return typeof write === 'function' && Reflect.apply(write, this, args)
  })
  return () => written
}

/** How often an event of the talk is made into JSON. */
const watchTexts = () => {
  const stringify = jest.spyOn(JSON, 'stringify')
  return () =>
    stringify.mock.calls.filter(
      ([value]) => typeof value === 'object' && value !== null && 'seq' in value && 'user' in value,
    ).length
}

/** How often a member is made into JSON, alone or in a list. */
const watchMembers = () => {
  const stringify = jest.spyOn(JSON, 'stringify')
  return () =>
    stringify.mock.calls.flatMap(([value]) => {
      if (typeof value !== 'object' || value === null) return []
      return 'users' in value && Array.isArray(value.users)
        ? value.users
        : 'imageid' in value
          ? [value]
          : []
    }).length
}

test('two hundred lines that wait for a commit are one commit, one text each, and one write a member', async () => {
  const held = heldStore()
  const world = await lobby({ people: names, store: held.around })
  const people = names.map((name) => world[name])
  const [writes, texts] = [watchWrites(world), watchTexts()]
  held.hold()
  held.commits()
  const first = await sayMany([world.ada], 1)
  const rest = await sayMany(people, 40)
  held.release()
  await first.answers()
  await rest.answers()
  for (const person of people) expect(await person.hears()).toHaveLength(201)

  expect(held.commits()).toEqual([1, 200])
  expect(texts()).toBe(201)
  // A flush for each commit.
  expect(writes()).toHaveLength(2 * people.length)
  expect(new Set(writes()).size).toBe(people.length)
})

test('a room that is open is joined without reading its past, by however many; a page is one question', async () => {
  const counted = countedStore()
  const world = await lobby({ people: names, store: counted.around })
  for (let i = 0; i < 20; i++) await world.ada.says(`line ${i}`)
  counted.asked()
  const asked: string[][] = []
  for (const name of names) {
    await world[name].join('lobby', { anew: true })
    asked.push(counted.asked())
  }
  await world.ada.request({ type: 'history', room: 'lobby', before: 15, limit: 10 })

  expect(asked).toEqual(names.map(() => asked[0]))
  expect(asked[0]).toEqual([])
  expect(counted.asked()).toEqual(['events.timeline'])
})

test('who is in a room is put into words once, however many come in', async () => {
  const world = await lobby({ people: names })
  await world.ada.join('lobby', { anew: true })
  const members = watchMembers()
  for (const name of names) await world[name].join('lobby', { anew: true })
  // The bird is looked at anew each time, whether it is a member.
  expect(members()).toBe(names.length)
  expect(await world.joan.members()).toEqual(expect.arrayContaining([...names]))
})

test('what was said last is put into bytes once, however many come in', async () => {
  const world = await lobby({ people: names })
  for (let i = 0; i < 20; i++) await world.ada.says(`${'long '.repeat(60)}${i}`)
  const large = watchLarge(world)
  for (const name of names) await world[name].join('lobby', { anew: true })
  expect(large()).toHaveLength(names.length)
  expect(new Set(large()).size).toBe(1)
})

test('a storm of returning people reads the rooms not at all, and who they are once a connection', async () => {
  const counted = countedStore()
  const rooms = ['lobby', 'tea', 'code']
  const config = { 'rooms.names': rooms }
  const world = await lobby({ people: names, store: counted.around, config })
  for (const name of names) for (const room of rooms) await world[name].join(room)
  for (const room of rooms) await world.ada.says('hello', { room })
  await world.restart() // nothing is in memory
  counted.asked()

  await Promise.all(names.map((name) => world[name].comesBack()))

  const asked = counted.asked()
  expect(asked.filter((question) => /^(events|rooms|search)/.test(question))).toEqual([])
  const each = ['people.of', 'power.volumes', 'sessions.check']
  expect(asked.toSorted()).toEqual(each.flatMap((question) => names.map(() => question)))
  expect(await world.joan.hears('code')).toEqual(['ada: hello'])
})

test('more lines than may wait for the disk are refused as overload, by HTTP too; then all goes on', async () => {
  const [held, counted] = [heldStore(), countedStore()]
  const store = (inner: Store) => held.around(counted.around(inner))
  const world = await lobby({ people: names, store })
  const people = names.map((name) => world[name])
  const ci = await Program.named(world, 'ci')
  held.hold()
  const first = await sayMany([world.ada], 1)
  const full = await sayMany(people, 200)
  const refused = await world.grace.says('one more').catch((error: unknown) => error)
  const posted = await ci.says('and one')
  // A refusal must not cost more than what it refuses.
  expect(counted.asked().filter((question) => question === 'events.known')).toEqual([])
  await world.kay.request({ type: 'history', room: 'lobby', limit: 10 }) // reading goes on
  held.release()

  expect(refused).toMatchObject({
    code: 'overloaded',
    retry: true,
    frame: { retry_after_ms: 1_000 },
  })
  expect(posted).toMatchObject({ status: 503, body: { code: 'overloaded', retry: true } })
  expect(posted.headers.get('retry-after')).toBe('1')
  expect(await first.answers()).toEqual(['stored'])
  expect(new Set(await full.answers())).toEqual(new Set(['stored']))
  await world.grace.says('one more')
  expect((await world.lin.hears()).slice(-1)).toEqual(['grace: one more'])
  expect(await world.violations(world.ada)).toEqual([])
})
