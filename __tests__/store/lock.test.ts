import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from '@jest/globals'
import { StartError } from '../../src/errors.js'
import { lockData } from '../../src/store/lock.js'
import { later, tempFolder, tidy } from '../helpers/tidy.js'

afterEach(tidy)

/** The sentence, and the exit code, with which a second server is sent away. */
async function refusal(folder: string) {
  const error: unknown = await lockData(folder, 'en').catch((e) => e)
  if (!(error instanceof StartError)) throw new Error('it was let in', { cause: error })
  return [...error.faults, error.exitCode]
}

const inUse = (folder: string, pid: number | undefined) => [
  `The data folder ${folder} is in use by another server (process ${pid}). Stop that one first, or give this one a folder of its own with --data.`,
  75,
]

test('lets one server into a folder, and the next when it is gone', async () => {
  const folder = path.join(await tempFolder(), 'data')
  const lock = await lockData(folder)

  expect(await refusal(folder)).toEqual(inUse(folder, process.pid))
  expect(await refusal(folder)).toEqual(inUse(folder, process.pid)) // the first refusal did not unlock it
  await lock.release()
  await (await lockData(folder)).release()
})

test('keeps the first one in when it is released twice', async () => {
  const folder = await tempFolder()
  const first = await lockData(folder)
  await first.release()
  const second = await lockData(folder)
  await first.release()

  expect(await refusal(folder)).toEqual(inUse(folder, process.pid))
  await second.release()
})

test('names another process that is in, and gets in after that was killed', async () => {
  const folder = await tempFolder()
  const holder = await otherServer(folder)

  expect(await refusal(folder)).toEqual(inUse(folder, holder.pid))
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await readFile(path.join(folder, 'chat-room.pid'), 'utf8')).toBe(`${holder.pid}\n`)

  await (await lockData(folder)).release()
})

test('keeps another process out while this one is in', async () => {
  const folder = await tempFolder()
  const lock = await lockData(folder)
  await refusal(folder) // has looked at the files, which must not unlock them

  await expect(otherServer(folder)).rejects.toThrow('75')
  await lock.release()
})

test('shows the pid to the server alone, and takes it away when it goes', async () => {
  const folder = await tempFolder()
  const pidFile = path.join(folder, 'chat-room.pid')
  const lock = await lockData(folder)

  for (const file of [pidFile, path.join(folder, 'chat-room.lock')]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  }
  await lock.release()
  await expect(stat(pidFile)).rejects.toThrow('ENOENT')
})

test('says why a folder cannot be locked', async () => {
  const file = path.join(await tempFolder(), 'a file')
  await writeFile(file, '')

  expect(await refusal(path.join(file, 'data'))).toEqual([
    expect.stringMatching(/cannot be made or locked \(ENOTDIR: .*\)\. Check who may write there/),
    78,
  ])
})

/** A process that holds the folder until it is killed; rejects with its exit code if it is sent away. */
async function otherServer(folder: string): Promise<ChildProcess> {
  const module = pathToFileURL(path.resolve('dist/store/lock.js')).href
  const script = `
    import { lockData } from ${JSON.stringify(module)}
    const lock = await lockData(process.argv[1]).catch(({ exitCode }) => process.exit(exitCode))
    process.on('disconnect', () => lock.release())
    process.send('locked')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  later(() => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`exit code ${code}`)))
  })
}
