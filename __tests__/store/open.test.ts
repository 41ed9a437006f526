import { chmod, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { StartError } from '../../src/errors.js'
import { openStore } from '../../src/store/open.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'

afterEach(tidy)

/** The sentences, and the exit code, with which the store refuses to open. */
async function refusal(options: { url?: string; data: string; lang?: 'zh-CN' | 'en' }) {
  const error: unknown = await openStore({ url: '', lang: 'en', ...options }).catch((e) => e)
  if (!(error instanceof StartError)) throw new Error('it opened', { cause: error })
  return [...error.faults, error.exitCode]
}

const permissions = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

test('makes folder and files for the server alone', async () => {
  const data = path.join(await tempFolder(), 'deep', 'data')
  keep(await openStore({ url: '', data }))

  expect(await permissions(data)).toBe('700')
  for (const file of ['chat-room.db', 'chat-room.db-wal', 'chat-room.db-shm']) {
    expect([file, await permissions(path.join(data, file))]).toEqual([file, '600'])
  }
})

test('leaves one file when it is closed, with everything in it', async () => {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data }))
  await store.rooms.ensure({ name: 'lobby', title: '', at: 1 })
  await store.close()

  expect(await readdir(data)).toEqual(['chat-room.db'])
  const db = openDatabase(path.join(data, 'chat-room.db'))
  expect(db.prepare('select name from rooms').all()).toMatchObject([{ name: 'lobby' }])
  db.close()
})

test('opens the file that the configuration names', async () => {
  const folder = await tempFolder()
  const file = path.join(folder, 'elsewhere', 'chat.db')
  keep(await openStore({ url: `sqlite:${file}`, data: folder }))

  expect((await readFile(file)).subarray(0, 15).toString()).toBe('SQLite format 3')
})

test('shows of a url that it does not know the scheme alone, never a password', async () => {
  const url = 'mysql://root:hunter2@db/chat'

  expect(await refusal({ url, data: await tempFolder() })).toEqual([
    '[store] url must be empty, or "sqlite:" and the path of a file, not "mysql:".',
    78,
  ])
})

test('refuses a file that is no database, in the language asked for', async () => {
  const data = await tempFolder()
  const file = path.join(data, 'chat-room.db')
  await writeFile(file, 'Dear diary, '.repeat(500))

  expect(await refusal({ data })).toEqual([
    `${file} is not a data file of the chat room, or it is damaged. Restore it from a backup; to begin anew, move it away first.`,
    78,
  ])
  expect(await refusal({ data, lang: 'zh-CN' })).toEqual([
    `${file} 不是聊天室的数据文件，或者已经损坏。请用备份恢复它；若要重新开始，先把它移走。`,
    78,
  ])
})

test('refuses a database that was cut off', async () => {
  const data = await tempFolder()
  const file = path.join(data, 'chat-room.db')
  await (await openStore({ url: '', data })).close()
  await truncate(file, 6_000)

  expect(await refusal({ data })).toEqual([expect.stringContaining('or it is damaged'), 78])
})

test('refuses what a newer version wrote, and leaves it as it is', async () => {
  const data = await tempFolder()
  const file = path.join(data, 'chat-room.db')
  await (await openStore({ url: '', data })).close()
  const db = openDatabase(file)
  db.exec("insert into kysely_migration values ('999-telepathy', '2031-01-01')")
  db.close()
  const before = await readFile(file)

  expect(await refusal({ data })).toEqual([
    `${file} was written by a newer version of the chat room (it has "999-telepathy"). Install that version, or restore a backup from before the update.`,
    78,
  ])
  expect(await readFile(file)).toEqual(before)
})

test('says why a folder cannot be made', async () => {
  const file = path.join(await tempFolder(), 'a file')
  await writeFile(file, '')

  expect(await refusal({ data: path.join(file, 'data') })).toEqual([
    expect.stringMatching(/cannot be opened \(ENOTDIR: .*\)\. Check that this user may read/),
    78,
  ])
})

test('says at once that there can be no folder in /proc, where Node would try for ever', async () => {
  const [sentence] = await refusal({ data: '/proc/data' })

  expect(sentence).toMatch(/cannot be opened \(E\w+: .*'\/proc(?:\/data)?'\)/)
})

test('says that a folder in place of the file cannot be opened', async () => {
  const data = await tempFolder()
  await mkdir(path.join(data, 'chat-room.db'))

  expect(await refusal({ data })).toEqual([expect.stringContaining('cannot be opened'), 78])
})

test('says that the disk is full', async () => {
  const data = await tempFolder()
  const opened: unknown = await openStore({ url: '', data, maxPages: 2, lang: 'en' }).catch(
    (e) => e,
  )

  expect(opened).toMatchObject({
    message: expect.stringContaining('the disk is full'),
    exitCode: 78,
  })
})

test('keeps the permissions of a folder that exists', async () => {
  const data = await tempFolder()
  await chmod(data, 0o750)
  await (await openStore({ url: '', data })).close()

  expect(await permissions(data)).toBe('750')
})
