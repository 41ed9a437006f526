import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { Kysely, sql, type RawBuilder } from 'kysely'
import { listed, prepared } from '../../src/store/prepared.js'
import type { Db, Schema } from '../../src/store/schema.js'
import { threadDialect } from '../../src/store/sqlite/dialect.js'
import { Thread } from '../../src/store/sqlite/thread.js'
import { Turns } from '../../src/store/sqlite/turns.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'

afterEach(tidy)

async function open(): Promise<Db> {
  const thread = keep(await Thread.open({ file: path.join(await tempFolder(), 'empty.db') }))
  return new Kysely<Schema>({ dialect: threadDialect(thread, new Turns()) })
}

test('a question is put together once, and asked with other values each time, by any connection', async () => {
  let built = 0
  const among = prepared((db: Db, most: RawBuilder<number>, numbers: RawBuilder<string>) => {
    built++
    return db
      .selectFrom(sql<{ n: number }>`(select value as n from json_each('[5, 6, 7, 8]'))`.as('all'))
      .select('n')
      .where('n', '>', 5)
      .where('n', '<=', most)
      .where('n', 'in', listed<number>(numbers))
      .where(sql`${most}`, '<', 9)
  })
  const [one, other] = [await open(), await open()]
  const ask = async (db: Db, most: number, numbers: number[]) => {
    const { rows } = await db.executeQuery(among(db, most, JSON.stringify(numbers)))
    return rows.map(({ n }) => n)
  }
  expect(await ask(one, 7, [4, 5, 6, 7, 8])).toEqual([6, 7])
  expect(await ask(other, 8, [7, 8])).toEqual([7, 8])
  expect(await ask(one, 8, [])).toEqual([])
  expect(await ask(one, 9, [6])).toEqual([])
  expect(built).toBe(1)
})
