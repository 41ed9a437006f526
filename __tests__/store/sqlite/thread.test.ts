import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from '@jest/globals'
import { Thread, type ThreadOptions, type Threads } from '../../../src/store/sqlite/thread.js'
import { StoreError } from '../../../src/store/store.js'
import { threads } from '../../helpers/threads.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'

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
    threads: await running('if (id === 3) throw new Error("out of luck")'),
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
    threads: await running('reply({ id, fault: { message: "disk I/O error", code: 1034 } })'),
    broken: (reason) => (heard = reason),
  })

  await expect(thread.append(0, [])).rejects.toThrow('disk I/O error')

  expect(heard?.message).toBe('disk I/O error')
  await expect(thread.rows('select 1')).rejects.toBe(heard)
})

test('a thread that closed its file is left to the next one, a lost one to nobody', async () => {
  const left: Worker[] = []
  const watched: Threads = {
    take: threads.take,
    give: (worker) => threads.give(worker).finally(() => left.push(worker)),
  }
  await (await open({ threads: watched })).close()
  const again = await open({ threads: watched })
  await left[0]?.terminate()

  await expect(again.rows('select 1')).rejects.toThrow('the database thread ended with code 1')
  await again.close()
  expect(left).toHaveLength(1)
})

/** A thread that opens nothing and does this with each other request. */
async function running(onRequest: string): Promise<Threads> {
  const file = path.join(await tempFolder(), 'program.mjs')
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     const reply = (answer) => parentPort.postMessage(answer)
     parentPort.on('message', ([id, kind]) => {
       if (kind === 'open') reply({ id })
       else { ${onRequest} }
     })`,
  )
  return { take: () => new Worker(file), give: (worker) => worker.terminate() }
}
