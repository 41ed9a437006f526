import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { Kysely, Migrator } from 'kysely'
import { start } from '../../src/store/migrations/001-start.js'
import { skeleton } from '../../src/people/skeleton.js'
import { openStore } from '../../src/store/open.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { threadDialect } from '../../src/store/sqlite/dialect.js'
import { Thread } from '../../src/store/sqlite/thread.js'
import type { Store } from '../../src/store/store.js'
import { Turns } from '../../src/store/sqlite/turns.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { NOON } from './world.js'

afterEach(tidy)

/** Data as the first version left them, with what is given in them. */
async function firstVersion(sql: string): Promise<string> {
  const data = await tempFolder()
  const thread = await Thread.open({ file: path.join(data, 'chat-room.db') })
  const db = new Kysely<unknown>({ dialect: threadDialect(thread, new Turns()) })
  const provider = { getMigrations: async () => ({ '001-start': start }) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
  await thread.close()
  const file = openDatabase(path.join(data, 'chat-room.db'))
  file.exec(sql)
  file.close()
  return data
}

test('who read in a room, or made it, belongs to it after the update', async () => {
  const data = await firstVersion(`
    insert into rooms (id, name, title, at, made_at, made_by) values
      (1, 'lobby', '', ${NOON}, ${NOON}, null), (2, 'den', '', ${NOON}, ${NOON}, 8);
    insert into users (id, name, skeleton, imageid) values (7, 'Ada', 'ada', '0');
    insert into reads (user_id, room_id, seq) values (7, 1, 5), (7, 2, 1)`)

  const store = keep(await openStore({ url: '', data }))
  expect(await store.rooms.byName('den')).toMatchObject({
    madeBy: 8,
    settings: { kind: 'room', unlisted: false, passcode: false },
  })
  await store.close()
  const file = openDatabase(path.join(data, 'chat-room.db'))
  const people = file.prepare('select user_id, room_id, level, approved from room_people').all()
  file.close()
  expect(people.map((row) => Object.values(row as object))).toEqual([
    [7, 1, 'all', 1],
    [7, 2, 'all', 1],
    [8, 2, 'all', 1],
  ])
})

test('the index that no question uses any more is taken out', async () => {
  const data = await firstVersion('')
  await (await openStore({ url: '', data })).close()
  const file = openDatabase(path.join(data, 'chat-room.db'))
  const indexes = file.prepare("select name from sqlite_schema where type = 'index'").all()
  file.close()
  const names = indexes.map((row) => Object.values(row as object)[0])
  expect(names).toContain('events_by_message')
  expect(names).not.toContain('events_to_read')
})

test('names are compared by the rule of now, whichever they were stored under', async () => {
  const data = await firstVersion(`
    insert into users (id, name, skeleton, imageid) values (7, '阿鳥', '阿鳥', '0'), (8, 'Bo', 'bo', '0')`)
  const store = keep(await openStore({ url: '', data }))
  await banned(store, '機器')

  await store.users.renewSkeletons({ rule: 'of now', skeleton })
  expect(await store.users.named('阿鸟')).toMatchObject({ id: 7 })
  expect(await store.sanctions.active(NOON)).toMatchObject([{ targets: [{ value: '机器' }] }])

  await store.users.renewSkeletons({ rule: 'of now', skeleton: () => 'nobody asks again' })
  expect(await store.users.named('bo')).toMatchObject({ id: 8 })
})

/** Nobody comes in under this name. */
async function banned(store: Store, value: string): Promise<void> {
  const by = { id: null, name: '' }
  const user = { id: null, name: value }
  const ban = { kind: 'ban', roomId: null, user, until: null, by, at: NOON } as const
  const entry = { at: NOON, by, action: 'ban', roomId: null, target: user }
  await store.sanctions.add({ ...ban, targets: [{ target: 'name', value }] }, [], entry)
}
