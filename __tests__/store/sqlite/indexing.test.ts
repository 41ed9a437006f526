import { find as findIn } from '../read-page.js'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { Kysely, Migrator } from 'kysely'
import { migrations } from '../../../src/store/migrations/index.js'
import { openStore } from '../../../src/store/open.js'
import { threads } from '../../helpers/threads.js'
import type { Schema } from '../../../src/store/schema.js'
import type { Store } from '../../../src/store/store.js'
import { threadDialect } from '../../../src/store/sqlite/dialect.js'
import { openDatabase } from '../../../src/store/sqlite/driver.js'
import { Thread } from '../../../src/store/sqlite/thread.js'
import { Turns } from '../../../src/store/sqlite/turns.js'
import { asking } from '../searching.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'
import { ada, line, NOON, room } from '../world.js'

afterEach(tidy)

/**
 * A data folder as the version before the search left it, or one as far as the step `last`, with lines in two rooms,
 * a minute between them.
 */
async function oldFolder(lines: number, last = '002-changes'): Promise<string> {
  const data = await tempFolder()
  const thread = await Thread.open({ file: path.join(data, 'chat-room.db') })
  const db = new Kysely<Schema>({ dialect: threadDialect(thread, new Turns()) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  await migrator.migrateTo(last)
  const rooms = ['lobby', 'den'].map((name) => ({ name, title: '', at: NOON, made_at: NOON }))
  await db.insertInto('rooms').values(rooms).execute()
  for (let start = 0; start < lines; start += 500) {
    const rows = Array.from({ length: Math.min(500, lines - start) }, (_, i) => row(start + i))
    await db.insertInto('events').values(rows).execute()
  }
  await db.updateTable('rooms').set({ seq: lines }).execute()
  await thread.close()
  return data
}

const row = (index: number) => ({
  room_id: 1 + (index % 2),
  seq: 1 + Math.floor(index / 2),
  type: index % 10 === 9 ? ('notice' as const) : ('chat' as const),
  at: NOON + index * 60_000,
  user_id: ada.id,
  user_name: ada.name,
  user_imageid: ada.imageid,
  cid: `cid-${index}`,
  data: `雨 ${index}`,
  received: Buffer.alloc(16),
  extra: null,
})

const open = async (data: string): Promise<Store> =>
  keep(await openStore({ url: '', data, threads }))

async function find(store: Store, words: string) {
  const rooms = await store.rooms.all()
  return findIn(store, { ...asking(words), rooms, limit: 50 })
}

/** Asks until everything is indexed. */
async function indexed(store: Store): Promise<void> {
  while ((await find(store, '雨')).indexedSince !== undefined);
}

test('what was said before there was a search is found, with the newest first', async () => {
  const store = await open(await oldFolder(60))
  await store.append([line(await room(store), '雨 now')], NOON + 3_600_000)

  const { events, indexedSince } = await find(store, '雨')

  const old = Array.from({ length: 60 }, (_, i) => 59 - i).filter((i) => i % 10 !== 9)
  const expected = ['雨 now', ...old.map((index) => `雨 ${index}`)].slice(0, 50)
  expect([events.map(({ data }) => data), indexedSince]).toEqual([expected, undefined])
})

test('what was indexed before there were pairs is found by them, and by its characters', async () => {
  const data = await oldFolder(60, '012-tokens')
  const file = openDatabase(path.join(data, 'chat-room.db'))
  file.exec(`
    update events set data = '大雨 ' || seq, doc = seq * 2 - 2 + room_id where type = 'chat';
    insert into search (rowid, words) select doc, '大 雨 ' || seq from events where doc is not null`)
  file.close()

  const store = await open(data)
  await indexed(store)
  await store.append([line(await room(store), '大雨 now')], NOON + 3_600_000)

  const { events } = await find(store, '大雨')
  expect(events).toHaveLength(50)
  expect(events.slice(0, 2).map(({ data }) => data)).toEqual(['大雨 now', '大雨 30'])
  expect((await find(store, '雨 "7"')).events).toHaveLength(2)
})

test('while old messages are still being indexed the newest are found, and it says since when', async () => {
  const store = await open(await oldFolder(3_000))

  const { events, indexedSince = 0 } = await find(store, '雨')

  expect(events[0]).toMatchObject({ data: '雨 2998' })
  expect(indexedSince).toBeGreaterThan(NOON) // however far it has come by now
  expect((await find(store, '"雨 2998"')).events).toHaveLength(1)
  await indexed(store)
  expect((await find(store, '"雨 1"')).events).toHaveLength(1)
})

test('a start that was cut short is taken up by the next one', async () => {
  const data = await oldFolder(3_000)
  const first = await open(data)
  const { indexedSince } = await find(first, '雨')
  await first.close()

  const second = await open(data)
  await indexed(second)

  expect(indexedSince).toBeDefined()
  for (const words of ['"雨 0"', '"雨 1500"', '"雨 2998"']) {
    expect((await find(second, words)).events).toHaveLength(1)
  }
})

test('people talk while old messages are being indexed', async () => {
  const store = await open(await oldFolder(3_000))
  const lobby = await room(store)
  const said = Array.from({ length: 50 }, (_, i) => store.append([line(lobby, `snow ${i}`)], NOON))
  await Promise.all(said)
  await indexed(store)

  const { events } = await find(store, 'snow')
  expect(events.map(({ data }) => data)).toEqual(said.map((_, i) => `snow ${49 - i}`))
})

test('a line is on the disk by a commit of four pages: it is taken into the index later, with others', async () => {
  const data = await tempFolder()
  const store = await open(data)
  const lobby = await room(store)
  await store.append([line(lobby, '下雨了')], NOON)
  const before = await pagesOfLog(data)

  await store.append([line(lobby, '又下雨了')], NOON)
  expect((await pagesOfLog(data)) - before).toBe(4) // the line, its cid, its number in the index, its room's number

  expect((await find(store, '雨')).events).toHaveLength(2)
  expect((await pagesOfLog(data)) - before).toBeGreaterThan(4)
  const all = await pagesOfLog(data)
  await find(store, '雨')
  expect(await pagesOfLog(data)).toBe(all) // nothing waits
})

test('lines are taken into the index a hundred at a time, whether or not somebody searches', async () => {
  const data = await tempFolder()
  const store = await open(data)
  const lobby = await room(store)
  for (let i = 0; i < 250; i++) await store.append([line(lobby, `rain ${i}`)], NOON)
  await store.close()

  expect(indexedIn(data)).toBe('200')
})

test('the index keeps up with as much as can be said', async () => {
  const data = await tempFolder()
  const store = await open(data)
  const lobby = await room(store)
  for (let i = 0; i < 12; i++) {
    await store.append(
      Array.from({ length: 500 }, (_, j) => line(lobby, `rain ${i} ${j}`)),
      NOON,
    )
  }
  await store.close()

  expect(Number(indexedIn(data))).toBeGreaterThanOrEqual(6_000 - 1_500)
})

test('whoever searches finds all of what a last run left, however much that is', async () => {
  const data = await tempFolder()
  const first = await open(data)
  const lobby = await room(first)
  const lines = Array.from({ length: 2_200 }, (_, i) => line(lobby, `rain ${i}`))
  await first.append(lines, NOON)
  await first.close()
  const file = openDatabase(path.join(data, 'chat-room.db'))
  file.exec("update meta set value = 0 where name = 'indexed'")
  file.exec("insert into search (search) values ('delete-all')")
  file.close()

  const second = await open(data)

  for (const words of ['"rain 2199"', '"rain 0"']) {
    const query = { ...asking(words), rooms: [lobby] }
    expect((await findIn(second, query)).events).toHaveLength(1)
  }
  expect(indexedIn(data)).toBe('2200')
})

test('what the last run left unindexed is found after the next start', async () => {
  const data = await tempFolder()
  const first = await open(data)
  await first.append([line(await room(first), 'rain 1'), line(await room(first), 'rain 2')], NOON)
  await first.close()
  expect(indexedIn(data)).toBe('0')

  const second = await open(data)

  expect(indexedIn(data)).toBe('2')
  expect((await find(second, 'rain')).events.map(({ data }) => data)).toEqual(['rain 2', 'rain 1'])
})

/** Pages that were ever written into the log beside the file: a head of 32 bytes, then each page with one of 24. */
const pagesOfLog = async (data: string): Promise<number> =>
  ((await stat(path.join(data, 'chat-room.db-wal'))).size - 32) / (24 + 4096)

/** The number up to which the file's messages are in its index. */
function indexedIn(data: string): unknown {
  const db = openDatabase(path.join(data, 'chat-room.db'), true)
  try {
    return db.prepare("select value from meta where name = 'indexed'").get()?.value
  } finally {
    db.close()
  }
}
