import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from '@jest/globals'
import { Thread, type ThreadOptions } from '../../../src/store/sqlite/thread.js'
import { StoreError } from '../../../src/store/store.js'
import { keep, tempFolder, tidy } from '../tidy.js'

afterEach(tidy)

const open = async (options: Partial<ThreadOptions> = {}) =>
  keep(await Thread.open({ file: path.join(await tempFolder(), 'x.db'), ...options }))

test('syncs fully after a write, though the build would fall back with it', async () => {
  const thread = await open()
  await thread.run('create table t (a integer)')
  await thread.run('insert into t values (?)', [1])

  expect(await thread.rows('pragma synchronous')).toEqual([{ synchronous: 2 }])
  expect(await thread.rows('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(await thread.rows('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
})

test('answers a faulty statement with an error and goes on', async () => {
  const thread = await open()

  await expect(thread.rows('select * from nowhere')).rejects.toThrow('no such table: nowhere')
  await expect(thread.rows('select * from nowhere')).rejects.toThrow(StoreError)
  expect(await thread.rows('select 1 as one')).toEqual([{ one: 1 }])
})

test('fails at once what was asked of a thread that crashes, and whatever comes later', async () => {
  let heard: StoreError | undefined
  const thread = await open({
    program: await program('if (id === 2) throw new Error("out of luck")'),
    broken: (reason) => (heard = reason),
  })
  const unanswered = [thread.rows('select 1'), thread.rows('select 2')]

  const outcomes = await Promise.allSettled(unanswered)

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(heard?.message).toBe('the database thread crashed')
  await expect(thread.rows('select 3')).rejects.toBe(heard)
})

test('trusts a connection no more once fsync has failed', async () => {
  let heard: StoreError | undefined
  const thread = await open({
    program: await program('reply({ id, fault: { message: "disk I/O error", code: 1034 } })'),
    broken: (reason) => (heard = reason),
  })

  await expect(thread.append(0, [])).rejects.toThrow('disk I/O error')

  expect(heard?.message).toBe('disk I/O error')
  await expect(thread.rows('select 1')).rejects.toBe(heard)
})

/** A thread that opens nothing and does this with each request. */
async function program(onRequest: string): Promise<URL> {
  const file = path.join(await tempFolder(), 'program.mjs')
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     const reply = (answer) => parentPort.postMessage(answer)
     parentPort.on('message', ([id]) => { ${onRequest} })
     reply({ id: 0 })`,
  )
  return pathToFileURL(file)
}
