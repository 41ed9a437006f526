import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { Kysely, Migrator } from 'kysely'
import { migrations } from '../../../src/store/migrations/index.js'
import { openStore } from '../../../src/store/open.js'
import { threads } from '../../helpers/threads.js'
import { threadDialect } from '../../../src/store/sqlite/dialect.js'
import { openDatabase } from '../../../src/store/sqlite/driver.js'
import { Thread } from '../../../src/store/sqlite/thread.js'
import { Turns } from '../../../src/store/sqlite/turns.js'
import { find } from '../read-page.js'
import { asking } from '../searching.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'
import { edit, hold, line, NOON, pin, recall, renamed, room, signIn } from '../world.js'

afterEach(tidy)

async function newStore() {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data, threads }))
  return { store, lobby: await room(store), file: path.join(data, 'chat-room.db') }
}

/** What the closed file holds in a table. */
function rowsOf(file: string, sql: string): Record<string, unknown>[] {
  const db = keep(openDatabase(file))
  return db.prepare(sql).all() as Record<string, unknown>[]
}

test('nothing of a recalled text is left in the file, whatever its length', async () => {
  const { store, lobby, file } = await newStore()
  const long = 'CANARY-long '.repeat(1_000)
  await store.append([line(lobby, 'CANARY-short'), line(lobby, long), pin(lobby, 2)], NOON)
  expect((await find(store, { ...asking('canary'), rooms: [lobby] })).events).toHaveLength(2)
  await store.append([edit(lobby, 1, 'CANARY-edited'), line(lobby, 'stays')], NOON)
  await store.append([recall(lobby, 1), recall(lobby, 2)], NOON)
  await store.close()

  const bytes = await readFile(file)
  expect(bytes.includes('stays')).toBe(true) // else this looks at the wrong file
  expect(bytes.includes('CANARY')).toBe(false)
})

test('who is called stands in a table of its own, and follows the text', async () => {
  const { store, lobby, file } = await newStore()
  const calls = (...mentions: number[]) => ({ extra: { mentions } })
  const everybody = { extra: { all: true as const } }
  await store.append([line(lobby, 'a', calls(2, 0, -1)), line(lobby, 'b', everybody)], NOON)
  await store.append([line(lobby, 'c', calls(2)), line(lobby, 'd', calls(2, 3))], NOON)
  await store.append([recall(lobby, 3)], NOON)
  await store.append([edit(lobby, 4, 'e', { extra: { message: 4, mentions: [5] } })], NOON)
  await store.close()

  const rows = rowsOf(file, 'select seq, user_id from mentions order by seq, user_id')
  expect(rows.map(({ seq, user_id }) => [seq, user_id])).toEqual([
    [1, 2],
    [2, null],
    [4, 5],
  ])
})

test('answers that were given before this version show what they answer', async () => {
  const data = await tempFolder()
  const file = path.join(data, 'chat-room.db')
  const thread = keep(await Thread.open({ file }))
  const db = new Kysely<unknown>({ dialect: threadDialect(thread, new Turns()) })
  const provider = { getMigrations: async () => migrations }
  await new Migrator({ db, provider }).migrateTo('001-start')
  await thread.run(
    `insert into rooms (name, title, seq, at, made_at) values ('lobby', '', 2, 1, 1)`,
  )
  for (const [seq, extra] of [
    [1, null],
    [2, '{"reply_to":1}'],
  ]) {
    await thread.run(
      `insert into events values (1, ?, 'chat', 1, 1, 'Ada', '3', 'cid-' || ?, 'hi', x'00', ?)`,
      [seq, seq, extra],
    )
  }
  await thread.close()

  const store = keep(await openStore({ url: '', data, threads }))
  const lobby = await room(store)
  expect(await store.events.bySeq(lobby, 2)).toMatchObject({ reply: { seq: 1, data: 'hi' } })
})

test('people who belong to a room are known by their names of now, the newest first, and by when they were here', async () => {
  const { store, lobby, file } = await newStore()
  const people = [
    await signIn(store, 'Ada'),
    await signIn(store, 'Grace'),
    await signIn(store, 'Tom'),
  ]
  await store.close()
  const db = openDatabase(file)
  people.forEach(({ id }, index) =>
    db.exec(`insert into room_people (user_id, room_id, approved, since)
             values (${id}, ${lobby.id}, ${id === people[2]?.id ? 0 : 1}, ${index})`),
  )
  db.close()

  const again = keep(await openStore({ url: '', data: path.dirname(file), threads }))
  await again.users.rename(people[0]?.id ?? 0, renamed('Countess'), hold())
  expect((await again.rooms.known(lobby.id)).map(({ name }) => name)).toEqual(['Grace', 'Countess'])
  const ids = people.slice(0, 2).map(({ id }) => id)
  expect(new Set(await again.rooms.lately(lobby.id, NOON))).toEqual(new Set(ids))
  expect(await again.rooms.lately(lobby.id, NOON + 1)).toEqual([])
})
