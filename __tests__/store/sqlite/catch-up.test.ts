import { expect, test } from '@jest/globals'
import { Indexing } from '../../../src/store/sqlite/indexing.js'
import { Turns } from '../../../src/store/sqlite/turns.js'

/** A thread that indexes when it is told to. */
class SlowThread {
  /** How many messages each slice asks for that is not indexed yet. */
  readonly asked: number[] = []
  #done: ((taken: number) => void) | undefined

  takeUp = (which: 'recent' | 'old', count: number): Promise<number> => {
    if (which === 'old') return Promise.resolve(0)
    this.asked.push(count)
    return new Promise((resolve) => {
      this.#done = resolve
    })
  }

  /** Resolves when whoever waited for it has gone on. */
  async index(taken: number): Promise<void> {
    this.#done?.(taken)
    await new Promise(setImmediate)
  }
}

async function started() {
  const thread = new SlowThread()
  const starting = Indexing.start(thread, new Turns())
  await new Promise(setImmediate)
  await thread.index(0)
  thread.asked.length = 0
  return { thread, indexing: await starting }
}

test('who searches waits for all that was said before, and for nothing that is said meanwhile', async () => {
  const { thread, indexing } = await started()
  indexing.said(700)
  let found = false
  const search = indexing.catchUp().then(() => (found = true))
  await new Promise(setImmediate)

  indexing.said(400)
  await thread.index(500)
  expect([thread.asked, found]).toEqual([[500, 500], false])

  await thread.index(500)
  expect([thread.asked, found]).toEqual([[500, 500, 100], true])
  await search
})

test('nothing is indexed for a search when nothing waits, nor a few lines for nobody', async () => {
  const { thread, indexing } = await started()
  await indexing.catchUp()
  indexing.said(99)
  await new Promise(setImmediate)
  expect(thread.asked).toEqual([])

  indexing.said(1)
  await new Promise(setImmediate)
  expect(thread.asked).toEqual([100])
})
