import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Kysely, type Compilable } from 'kysely'
import { eventStore } from '../../src/store/events.js'
import type { Schema } from '../../src/store/schema.js'
import { openStore } from '../../src/store/open.js'
import { threadDialect } from '../../src/store/sqlite/dialect.js'
import { Thread } from '../../src/store/sqlite/thread.js'
import { Turns } from '../../src/store/sqlite/turns.js'
import { isTaken, holders } from '../../src/store/names.js'
import { powerStore } from '../../src/store/power.js'
import { peopleStore } from '../../src/store/room-people.js'
import { sessionStore } from '../../src/store/sessions.js'
import { writeRows } from '../../src/store/written.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { hold, limits, roomRow } from './world.js'

/** Every statement is planned as it is asked, so that a question without its index is found here. */
let thread: Thread
let db: Kysely<Schema>
let asked: Pick<ReturnType<Compilable['compile']>, 'sql' | 'parameters'>[] = []
/** All that was ever asked here. */
const said: string[] = []

const lobby = roomRow({ seq: 9 })

beforeAll(async () => {
  const data = await tempFolder()
  await (await openStore({ url: '', data })).close()
  thread = keep(await Thread.open({ file: path.join(data, 'chat-room.db') }))
  db = new Kysely<Schema>({
    dialect: threadDialect(thread, new Turns()),
    log({ query }) {
      asked.push(query)
      said.push(query.sql)
    },
  })
})

afterAll(tidy)

/** Rows that are written in their thread are asked for by the same statements. */
const events = () =>
  eventStore(db, async (query, how) => {
    const { rows } = await db.executeQuery(query.compile())
    return writeRows(rows, how)
  })

const people = () => peopleStore(db, db, () => Promise.reject(new Error('asked for nothing else')))

/** How SQLite answers all that this asks, a line a step. */
async function plan(ask: () => Promise<unknown>): Promise<string[]> {
  asked = []
  await ask()
  const lines: string[] = []
  for (const { sql, parameters } of asked.slice()) {
    const steps: { detail: string }[] = await thread.rows(`explain query plan ${sql}`, parameters)
    lines.push(...steps.map(({ detail }) => detail))
  }
  return lines
}

test.each([
  ['range', () => events().range(lobby, 5, 200), 'room_id=? AND seq>?'],
  ['newest page', () => events().timeline(lobby, { limit: 50 }), 'room_id=?'],
  ['earlier page', () => events().timeline(lobby, { before: 5, limit: 50 }), 'room_id=? AND seq<?'],
  ['later page', () => events().timeline(lobby, { after: 5, limit: 50 }), 'room_id=? AND seq>?'],
  ['one event', () => events().bySeq(lobby, 5), 'room_id=? AND seq=?'],
])(
  'reads the %s by one question, as one stretch of rows, without sorting',
  async (_name, ask, key) => {
    expect(await plan(ask)).toEqual([
      `SEARCH events USING PRIMARY KEY (${key})`,
      'SEARCH answered USING PRIMARY KEY (room_id=? AND seq=?) LEFT-JOIN',
    ])
  },
)

test.each([
  ['pins', () => events().pins(lobby, 3)],
  ['numbers of the pins', () => events().pinned(lobby)],
  ['marks of a reader', () => events().ownMarks(lobby, 3, [1, 2])],
])('finds the %s of a room by its index', async (_name, ask) => {
  const steps = (await plan(ask)).filter((step) => !step.startsWith('USE TEMP B-TREE'))
  for (const step of steps) expect(step).toMatch(/^SEARCH .*room_id=\?/)
})

test('finds a cid by its index', async () => {
  expect(await plan(() => events().known(1, 1, 'a-cid-of-ada', 'hello'))).toEqual([
    expect.stringMatching(/^SEARCH events USING INDEX .*\(room_id=\? AND user_id=\? AND cid=\?\)$/),
  ])
})

test.each([
  ['session', () => sessionStore(db).check('sid', limits())],
  ['many sessions', () => sessionStore(db).checkAll(['a', 'b'], limits())],
  ['name', () => isTaken(db, 'ada', hold(), 1)],
  ['held names', () => holders(db, hold()).select('users.skeleton').execute()],
  ['volume of a bot', () => powerStore(db).volumes(1)],
  ['door', () => people().door('lobby', 1)],
])('looks up a %s without reading a whole table', async (_name, ask) => {
  const steps = (await plan(ask)).filter((step) => !ofList.test(step))
  expect(steps).not.toEqual([])
  for (const step of steps) expect(step).toMatch(/^SEARCH /)
})

test('nothing is planned anew each time for the sake of its limit', async () => {
  await plan(() => events().timeline(lobby, { limit: 50 }))
  await plan(() => people().unread(1, 1, 0))
  expect(said.join('\n')).toMatch(/limit \? \+ 0/)
  expect(said.join('\n')).not.toMatch(/(limit|offset) \?(?! \+ 0)/)
})

/** Reading a list that was asked with, not a table. */
const ofList = /^(LIST SUBQUERY \d+|SCAN json_each VIRTUAL TABLE INDEX.*|CREATE BLOOM FILTER)$/
