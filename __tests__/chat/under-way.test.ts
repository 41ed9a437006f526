import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { UnderWay } from '../../src/chat/under-way.js'

test('a machine that is busy with other things takes nothing of the time that work has to be finished', async () => {
  const underWay = new UnderWay()
  let done = false
  const work = underWay.counted(async () => {
    await wait(10)
    for (const end = performance.now() + 300; performance.now() < end;); // longer than it has
    await wait(10)
    done = true
  })
  void work()
  await underWay.finished(200)
  expect(done).toBe(true)
})

test('what is never finished is not waited for', async () => {
  const underWay = new UnderWay()
  void underWay.counted(() => new Promise(() => {}))()
  await underWay.finished(40)
})
