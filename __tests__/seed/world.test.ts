import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DatabaseSync } from '@photostructure/sqlite'

const run = promisify(execFile)
const seed = (...args: string[]) => run(process.execPath, ['scripts/seed', ...args])

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a world has as many messages as asked for, over several rooms, by several people', async () => {
  const { stdout } = await seed('world', folder, '--messages', '700')
  expect(stdout).toContain('700 messages')
  expect(counted()).toEqual({ messages: 700, rooms: 3, people: 10 })
})

test.each([
  { args: ['wrld'], says: 'there is no "wrld"' },
  { args: [], says: 'what is to be made?' },
  { args: ['world', '--data', 'x'], says: "Unknown option '--data'" },
  { args: ['world', '--messages', '1e99'], says: '--messages takes a whole number' },
  { args: ['emoji'], says: 'which package' },
])('scripts/seed $args says what is wrong, and how it is used', async ({ args, says }) => {
  const failed = await seed(...args).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 64, stderr: expect.stringContaining(says) })
  expect(failed).toMatchObject({ stderr: expect.stringContaining('scripts/seed world [folder]') })
})

function counted() {
  const database = new DatabaseSync(join(folder, 'chat-room.db'), { readOnly: true })
  const row = database
    .prepare(
      `SELECT count(*) AS messages, count(DISTINCT room_id) AS rooms, count(DISTINCT user_id) AS people
       FROM events WHERE type = 'chat'`,
    )
    .get()
  database.close()
  return row
}
