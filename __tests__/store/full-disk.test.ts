import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { StoreFullError, type RoomRow, type Store } from '../../src/store/store.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { find, timeline } from './read-page.js'
import { asking } from './searching.js'
import { attempt, limits, line, MINUTE, NOON, seqs, signIn, room } from './world.js'

const LONG = 'x'.repeat(4_000)

let data: string
let store: Store
let lobby: RoomRow

beforeEach(async () => {
  data = await tempFolder()
  store = keep(await openStore({ url: '', data, maxPages: 120 }))
  lobby = await room(store)
})

afterEach(tidy)

/** Another program on this machine, which takes all the space and may give it back. */
function ballast() {
  const db = openDatabase(path.join(data, 'chat-room.db'))
  db.exec('create table ballast as select zeroblob(200000) as weight')
  return {
    drop() {
      db.exec('drop table ballast')
      db.close()
    },
  }
}

async function fillUp(): Promise<number> {
  let stored = 0
  for (;;) {
    try {
      await store.append([line(lobby, LONG)], NOON)
      stored += 1
    } catch (error) {
      expect(error).toBeInstanceOf(StoreFullError)
      return stored
    }
  }
}

test('refuses to append to a full disk, goes on reading, and works again once there is space', async () => {
  const weight = ballast()
  const stored = await fillUp()

  expect(await store.rooms.byName('lobby')).toMatchObject({ seq: stored })
  expect((await timeline(store, lobby, { limit: 200 })).events).toHaveLength(stored)

  weight.drop()
  expect(seqs(await store.append([line(lobby, LONG)], NOON))).toEqual([stored + 1])
})

test('finds on a full disk what was indexed before, and the rest once there is space', async () => {
  const search = async () => {
    const { events } = await find(store, { ...asking('rain'), rooms: [lobby] })
    return events.map(({ data }) => data)
  }
  await store.append([line(lobby, 'rain 1')], NOON)
  await search()
  await store.append([line(lobby, 'rain 2')], NOON)
  const weight = ballast()
  await fillUp()
  expect(await search()).toEqual(['rain 1'])

  weight.drop()
  expect(await search()).toEqual(['rain 2', 'rain 1'])
})

test('stores nothing of a batch that does not fit as a whole', async () => {
  const batch = Array.from({ length: 200 }, () => line(lobby, LONG))

  await expect(store.append(batch, NOON)).rejects.toThrow(StoreFullError)

  expect(await store.rooms.byName('lobby')).toMatchObject({ seq: 0 })
  expect(seqs(await store.append(batch.slice(0, 2), NOON))).toEqual([1, 2])
})

test('keeps people signed in when there is no space to mark them as seen', async () => {
  const ada = await signIn(store, 'Ada')
  const db = openDatabase(path.join(data, 'chat-room.db'))
  db.exec('create table weight (of_a_mark blob)')
  db.exec(`create trigger heavy after update on sessions
           begin insert into weight values (zeroblob(2000000)); end`)
  db.close()

  await expect(store.sessions.revoke('sid of Ada')).rejects.toThrow(StoreFullError)
  expect(await store.sessions.check('sid of Ada', limits(NOON + 2 * MINUTE))).toEqual(ada)
})

test('lets nobody new in on a full disk, until there is space', async () => {
  const weight = ballast()
  await fillUp()

  const newcomers = Array.from({ length: 100 }, (_, index) => `guest ${index} ${LONG}`)
  const signIns = newcomers.map((name) => store.users.signIn(attempt(name)))
  const outcomes = await Promise.allSettled(signIns)
  expect(outcomes.at(-1)).toMatchObject({ reason: expect.any(StoreFullError) })

  weight.drop()
  await signIn(store, 'Grace')
})
