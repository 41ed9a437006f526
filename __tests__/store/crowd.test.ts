import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { Kysely, type CompiledQuery } from 'kysely'
import type { FreshRoom } from '../../src/store/lines.js'
import { openStore } from '../../src/store/open.js'
import type { AskBoth } from '../../src/store/own-rooms.js'
import { UNREAD_MOST } from '../../src/store/store.js'
import { peopleStore } from '../../src/store/room-people.js'
import type { Schema } from '../../src/store/schema.js'
import { threadDialect } from '../../src/store/sqlite/dialect.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { Thread } from '../../src/store/sqlite/thread.js'
import { Turns } from '../../src/store/sqlite/turns.js'
import { threads } from '../helpers/threads.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { ada, line, NOON, recall, room, say, signIn } from './world.js'

afterEach(tidy)

const ROOMS = ['lobby', 'tea', 'code', 'music', 'garden']
const LINES = Array.from({ length: 50 }, (_, i) => `line ${i}`)

/** People who belong to all rooms and have read nothing, and how many lines are looked at for them. */
async function crowd() {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data, threads }))
  const rooms = await Promise.all(ROOMS.map((name) => room(store, name)))
  for (const place of rooms) await say(store, place, ...LINES) // by the first of them: Ada's id is 1
  const names = Array.from({ length: 21 }, (_, i) => `guest ${i}`)
  const users = await Promise.all(names.map((name) => signIn(store, name)))
  const [first = 0, ...people] = users.map(({ id }) => id).toSorted((a, b) => a - b)
  const entering = (userId: number) =>
    rooms.map(({ id: roomId }) => ({ userId, roomId, at: NOON, read: 0 }))
  await store.people.put([first, ...people].flatMap(entering), 'in')

  const file = path.join(data, 'chat-room.db')
  const thread = keep(await Thread.open({ file, readOnly: true, threads }))
  const counted: Pick<CompiledQuery, 'sql' | 'parameters'>[] = []
  const db = new Kysely<Schema>({
    dialect: threadDialect(thread, new Turns()),
    log({ query }) {
      counted.push(query)
    },
  })
  let looked = 0
  const ask: AskBoth = async (one, other) => {
    const [ones = [], others = []] = await thread.moment([one.compile(), other.compile()])
    const fresh: FreshRoom[] = others
    for (const { lines } of fresh) looked += (lines?.match(/\d+/g) ?? []).length / 2
    return [ones, others]
  }
  const peoples = peopleStore(db, db, ask)
  return {
    store,
    rooms,
    people,
    /** Questions beside the one that asks for lines. */
    counted: () => counted.length,
    /** How many lines these look at, one by one. */
    gone: () => counted.reduce((sum, query) => sum + linesLookedAt(file, query), 0),
    /** Who said it all. */
    talker: first,
    /** What is unread for each of these in each room, and how many lines were looked at for it. */
    comeBack: async (ids: readonly number[]) => {
      looked = 0
      const own = await Promise.all(ids.map((id) => peoples.of(id)))
      return { unread: own.map((places) => places.map(({ unread }) => unread)), looked }
    },
  }
}

/** Of every line that it looks at, a question asks whether it has a text. */
function linesLookedAt(
  file: string,
  { sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
) {
  const db = openDatabase(file, true)
  let lines = 0
  db.function('octet_length', (text: unknown) => {
    lines++
    return Buffer.byteLength(String(text))
  })
  db.prepare(sql).all(...(parameters as string[]))
  db.close()
  return lines
}

test('a crowd comes back to rooms full of lines, and each line is looked at once for all of them', async () => {
  const { people, talker, comeBack } = await crowd()
  const first = await comeBack(people.slice(0, 10))
  const all = ROOMS.length * LINES.length
  expect(first).toEqual({ unread: Array(10).fill(Array(5).fill(50)), looked: all })
  expect(await comeBack([...people.slice(10), talker])).toEqual({
    unread: [...Array(10).fill(Array(5).fill(50)), Array(5).fill(0)],
    looked: 0,
  })
})

test('who said all of the last lines is counted for, with one question for all rooms, and theirs are not gone through', async () => {
  const { store, rooms, people, talker, comeBack, counted, gone } = await crowd()
  const monologue = Array.from({ length: 2 * UNREAD_MOST }, (_, i) => `more ${i}`)
  for (const place of rooms) {
    await store.append([line(place, 'hello', { user: { ...ada, id: people[0] ?? 0 } })], NOON)
    await say(store, place, ...monologue)
  }
  expect((await comeBack([talker])).unread).toEqual([Array(5).fill(1)])
  expect([counted(), gone()]).toEqual([1, ROOMS.length])
})

test('whoever comes back later has only those lines looked at that were said since', async () => {
  const { store, rooms, people, comeBack } = await crowd()
  await comeBack(people)
  const [[first, second], id = 0] = [rooms, people[0]]
  if (!first || !second) throw new Error('there are no rooms')
  await say(store, first, 'one', 'two', 'three')
  expect(await comeBack([id])).toEqual({ unread: [[53, 50, 50, 50, 50]], looked: 3 })
  await store.append([line(first, 'mine', { user: { ...ada, id } })], NOON)
  expect(await comeBack([id])).toEqual({ unread: [[53, 50, 50, 50, 50]], looked: 1 })
  await store.append([recall(second, 7)], NOON)
  expect((await comeBack([id])).unread).toEqual([[53, 49, 50, 50, 50]])
})
