import { Worker } from 'node:worker_threads'
import { afterEach, expect, jest, test } from '@jest/globals'
import { openStore } from '../../../src/store/open.js'
import { Turns } from '../../../src/store/sqlite/turns.js'
import { threads } from '../../helpers/threads.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'
import { room, say, signIn } from '../world.js'

afterEach(tidy)

/** Does things in turns; each goes on until it is let go. */
function doing(turns: Turns) {
  const log: string[] = []
  const letGo = new Map<string, () => void>()
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await new Promise<void>((resolve) => letGo.set(name, resolve))
    log.push(`${name} ends`)
  }
  const settled = () => new Promise(setImmediate)
  return {
    log,
    alone: (name: string) => turns.run(work(name)),
    beside: (name: string) => turns.beside(work(name)),
    settled,
    end: async (name: string) => {
      letGo.get(name)?.()
      await settled()
    },
  }
}

test('those who share a turn go on at once, and who has one alone waits for them, as others for that one', async () => {
  const turns = new Turns()
  const { log, alone, beside, settled, end } = doing(turns)
  const all = [beside('a'), beside('b'), alone('c'), beside('d'), alone('e')]
  await settled()
  expect(log.splice(0)).toEqual(['a begins', 'b begins'])
  await end('b')
  expect(log.splice(0)).toEqual(['b ends'])
  await end('a')
  expect(log.splice(0)).toEqual(['a ends', 'c begins'])
  expect(turns.waiting).toBe(3)
  for (const name of ['c', 'd', 'e']) await end(name)
  await Promise.all(all)
  expect(log).toEqual(['c ends', 'd begins', 'd ends', 'e begins', 'e ends'])
  expect(turns.waiting).toBe(0)
})

test('a turn ends also when what is done in it fails', async () => {
  const turns = new Turns()
  const fail = async () => {
    throw new Error('out of luck')
  }
  await expect(turns.beside(fail)).rejects.toThrow('out of luck')
  await expect(turns.run(fail)).rejects.toThrow('out of luck')
  expect([await turns.run(async () => 'next'), turns.waiting]).toEqual(['next', 0])
})

test('pages and searches that are asked for at once are at the thread at once', async () => {
  const store = keep(await openStore({ url: '', data: await tempFolder(), threads }))
  const lobby = await room(store)
  await say(store, lobby, 'hello')
  await store.events.timeline(lobby, { limit: 1 }) // the thread that reads has begun

  const asked = jest.spyOn(Worker.prototype, 'postMessage')
  const pages = Array.from({ length: 10 }, () => store.events.timeline(lobby, { limit: 1 }))
  const cids = Array.from({ length: 10 }, () => store.events.known(lobby.id, 1, 'cid', 'hello'))
  for (let turn = 0; turn < 50; turn++) await Promise.resolve() // no answer comes within a turn of the loop
  expect(asked).toHaveBeenCalledTimes(20)
  asked.mockRestore()
  expect((await Promise.all(pages)).map(({ more }) => more)).toEqual(Array(10).fill(false))
  await Promise.all(cids)
})

test('of transactions at once none gets into another', async () => {
  const store = keep(await openStore({ url: '', data: await tempFolder(), threads }))
  const names = Array.from({ length: 20 }, (_, i) => `guest ${i % 10}`)
  const outcomes = await Promise.allSettled(names.map((name) => signIn(store, name)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
})
