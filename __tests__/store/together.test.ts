import { Worker } from 'node:worker_threads'
import { afterEach, expect, jest, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { together } from '../../src/store/together.js'
import { threads } from '../helpers/threads.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { NOON, room, signIn } from './world.js'

afterEach(tidy)

/** Doubles numbers; each question to it waits until it is let go. */
function doubling() {
  const asked: (readonly number[])[] = []
  const letGo: ((error?: Error) => void)[] = []
  const double = together(async (numbers: readonly number[]) => {
    asked.push(numbers)
    await new Promise<void>((resolve, reject) =>
      letGo.push((error) => (error ? reject(error) : resolve())),
    )
    return (number: number) => number * 2
  })
  const underWay = async (count: number) => {
    while (letGo.length < count) await new Promise(setImmediate)
  }
  return { asked, letGo, double, underWay }
}

test('questions of one turn are asked as one, and each gets its answer', async () => {
  const { asked, letGo, double, underWay } = doubling()
  const answers = Promise.all([1, 2, 3].map(double))
  await underWay(1)
  letGo[0]?.()
  expect(await answers).toEqual([2, 4, 6])
  expect(asked).toEqual([[1, 2, 3]])
})

test('what comes while a question is under way is the next one', async () => {
  const { asked, letGo, double, underWay } = doubling()
  const first = double(1)
  await underWay(1)
  const later = Promise.all([double(2), double(3)])
  letGo[0]?.()
  await underWay(2)
  letGo[1]?.()
  expect([await first, await later]).toEqual([2, [4, 6]])
  expect(asked).toEqual([[1], [2, 3]])
})

test('a question that fails fails for those who asked it, and not for the next', async () => {
  const { letGo, double, underWay } = doubling()
  const failing = Promise.allSettled([double(1), double(2)])
  await underWay(1)
  letGo[0]?.(new Error('the disk is gone'))
  expect(await failing).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  const next = double(3)
  await underWay(2)
  letGo[1]?.()
  expect(await next).toBe(6)
})

test('a hundred people who come in at once cost the threads one statement of each kind', async () => {
  const store = keep(await openStore({ url: '', data: await tempFolder(), threads }))
  const { id } = await room(store)
  const names = Array.from({ length: 100 }, (_, i) => `guest ${i}`)
  const guests = await Promise.all(names.map((name) => signIn(store, name)))
  await store.people.put([{ userId: guests[7]?.id ?? 0, roomId: id, at: NOON, read: 0 }], 'in')
  await store.people.of(0) // the thread that reads has begun

  const limits = { now: NOON, seenSince: 0, bornSince: 0 }
  const asked = jest.spyOn(Worker.prototype, 'postMessage')
  const [sessions, volumes, rooms, doors] = await Promise.all([
    Promise.all(names.map((name) => store.sessions.check(`sid of ${name}`, limits))),
    Promise.all(guests.map((guest) => store.power.volumes(guest.id))),
    Promise.all(guests.map((guest) => store.people.of(guest.id))),
    Promise.all(guests.map((guest) => store.people.door('lobby', guest.id))),
  ])
  expect(asked).toHaveBeenCalledTimes(4)
  asked.mockRestore()
  expect(sessions).toEqual(guests)
  expect(volumes.flat()).toEqual([])
  const isIn = guests.map((_, i) => i === 7)
  expect(rooms.map((own) => own.length === 1)).toEqual(isIn)
  expect(doors.map(({ standing }) => standing === 'in')).toEqual(isIn)
  expect(doors.every((door) => door.room?.id === id)).toBe(true)
})
