import { randomUUID } from 'node:crypto'
import { afterEach, expect, jest, test } from '@jest/globals'
import { Thread } from '../../src/store/sqlite/thread.js'
import { StoreError, StoreFullError } from '../../src/store/store.js'
import { lobby, type World } from '../helpers/lobby.js'

afterEach(() => {
  jest.restoreAllMocks()
})

type Work = () => Promise<unknown>
const requests = ['rows', 'page', 'run', 'append'] as const

test.each<[string, readonly (typeof requests)[number][], (work: Work) => Promise<never>]>([
  ['is full', ['run', 'append'], () => Promise.reject(new StoreFullError('disk is full'))],
  ['cannot be used', requests, () => Promise.reject(new StoreError('disk I/O error'))],
  ['keeps a line without saying so', ['append'], (work) => work().then(lostAnswer)],
])(
  'whichever request finds a disk that %s, no ack is without its line, and the next request works',
  async (_, kinds, fault) => {
    const world = await lobby({ people: ['reader'] })
    let left = Infinity
    watchThreads(kinds, (work) => (--left === 0 ? fault(work) : work()))
    let n = 0
    do {
      left = n += 1
      await talk(world, `ada ${n}`)
    } while (left <= 0)
    left = Infinity
    expect(n).toBeGreaterThan(kinds.length + 1)
    expect(await world.violations(world.reader)).toEqual([])
  },
  60_000,
)

const lostAnswer = () => Promise.reject(new StoreError('disk I/O error'))

/** Stands before every request of these kinds to the database's threads. */
function watchThreads(
  kinds: readonly (typeof requests)[number][],
  around: (work: Work) => Promise<unknown>,
): void {
  for (const kind of kinds) {
    const ask = Thread.prototype[kind] as (...args: unknown[]) => Promise<never>
    jest.spyOn(Thread.prototype, kind).mockImplementation(function (this: Thread, ...args) {
      return around(() => ask.apply(this, args)) as Promise<never>
    })
  }
}

/** Somebody comes, says and changes something, looks around, breaks off and comes back. What fails is tried once more. */
async function talk(world: World, name: string): Promise<void> {
  const ada = await twice(() => world.signIn(name))
  const again = <T>(work: () => Promise<T>) =>
    twice(async () => {
      if (!ada.connected) await ada.comesBack()
      return work()
    })
  await again(() => ada.join())
  const cids = Array.from({ length: 3 }, () => randomUUID())
  const says = (cid: string) => again(() => ada.says(`line ${cid}`, { cid }))
  const [first, second] = [await says(cids[0] ?? ''), await says(cids[1] ?? '')]
  await again(() => ada.edits(first.seq ?? 0, 'better'))
  await again(() => ada.reacts(first.seq ?? 0, '👍'))
  await again(() => ada.recalls(second.seq ?? 0))
  await again(() => ada.request({ type: 'history', room: 'lobby', limit: 5 }))
  await again(() => ada.request({ type: 'search', q: 'better' }))
  await again(() => ada.request({ type: 'rooms' }))
  await ada.drop()
  expect(await says(cids[0] ?? '')).toMatchObject({ seq: first.seq, dup: true })
  await says(cids[2] ?? '')
  await ada.close()
}

const twice = <T>(work: () => Promise<T>): Promise<T> => work().catch(work)
