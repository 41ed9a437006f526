import { expect, test } from '@jest/globals'
import { Journal, type Entry } from '../../src/chat/journal.js'
import type { Room } from '../../src/chat/room.js'
import type { ChatError } from '../../src/errors.js'
import { createLog } from '../../src/log.js'
import { StoreError, StoreFullError, type Draft, type Outcome } from '../../src/store/store.js'

const handedOut: number[] = []
let looks = 0
const room = (name: string) =>
  ({
    id: 1,
    name,
    fanOut: {
      head: 0,
      receive: ({ seq }: { seq: number }) => handedOut.push(seq),
      fill: () => (looks += 1),
    },
  }) as unknown as Room
const lobby = room('lobby')

const line = (cid: string, where = lobby): Entry => ({
  room: where,
  type: 'chat',
  user: { id: 1, name: 'ada', imageid: '1', kind: 'person' },
  cid,
  data: cid,
  received: cid,
})

/** A journal over a store that commits when told to, and remembers the sizes of its batches. */
function journal(outcome: (draft: Draft, seq: number) => Outcome = (_, seq) => stored(seq)) {
  const batches: number[] = []
  const commits: (() => void)[] = []
  let seq = 0
  const append = (drafts: readonly Draft[]) =>
    new Promise<readonly Outcome[]>((resolve, reject) => {
      batches.push(drafts.length)
      commits.push(() => {
        try {
          resolve(drafts.map((draft) => outcome(draft, ++seq)))
        } catch (error) {
          reject(error)
        }
      })
    })
  const commit = async () => {
    await turn()
    commits.shift()?.()
    await turn()
  }
  return { journal: new Journal({ append, log: createLog('silent') }), batches, commit }
}

const stored = (seq: number): Outcome => ({ status: 'stored', seq, at: seq })
const turn = () => new Promise((resolve) => setImmediate(resolve))
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'stored',
    (error: ChatError) => error.code,
  )

test('one commit at a time; what arrives meanwhile is the next batch, at most 500 rows', async () => {
  const { journal: j, batches, commit } = journal()
  const first = j.write(line('first'))
  await turn()
  const rest = Promise.all(Array.from({ length: 700 }, (_, i) => j.write(line(`${i}`))))
  for (let i = 0; i < 3; i++) await commit()
  await Promise.all([first, rest])
  expect(batches).toEqual([1, 500, 200])
})

test('nobody has an answer before the commit, and the room has the event by then', async () => {
  const { journal: j, commit } = journal()
  handedOut.length = 0
  let answered = false
  const write = j.write(line('x')).then(() => (answered = true))
  await turn()
  expect([answered, handedOut]).toEqual([false, []])
  await commit()
  await write
  expect(handedOut).toEqual([1])
})

test('a repeated line is answered with its number and not handed out again', async () => {
  const { journal: j, commit } = journal(() => ({ status: 'dup', seq: 9, at: 1 }))
  handedOut.length = 0
  const write = j.write(line('again'))
  await commit()
  expect([await write, handedOut]).toEqual([{ seq: 9, at: 1 }, []])
})

test.each([
  ['another text under the same cid', () => ({ status: 'conflict' }) as const, 'cid_conflict'],
  [
    'a full disk',
    () => {
      throw new StoreFullError('full')
    },
    'storage_full',
  ],
  [
    'a failed commit',
    () => {
      throw new StoreError('gone')
    },
    'unknown',
  ],
])('%s is refused', async (_what, outcome, code) => {
  const { journal: j, commit } = journal(outcome)
  const write = codeOf(j.write(line('x')))
  await commit()
  expect(await write).toBe(code)
})

test('what a failed commit kept all the same is handed out, as is a line that was known and never heard', async () => {
  const { journal: j, commit } = journal((draft) => {
    if (draft.cid === 'unsaid') throw new StoreError('gone')
    return { status: 'dup', seq: 1, at: 1 }
  })
  const before = looks
  for (const cid of ['unsaid', 'known']) {
    const written = codeOf(j.write(line(cid)))
    await commit()
    await written
  }
  expect(looks - before).toBe(2)
})

test('more than 1,000 waiting lines are refused as overload, and those before them are kept', async () => {
  const { journal: j, commit } = journal()
  const first = j.write(line('first'))
  await turn()
  const codes = Promise.all(Array.from({ length: 1010 }, (_, i) => codeOf(j.write(line(`${i}`)))))
  for (let i = 0; i < 3; i++) await commit()
  await first
  expect((await codes).filter((code) => code === 'overloaded')).toHaveLength(10)
})

test('a room that is told too much leaves places for the others, which share them alike', async () => {
  const { journal: j, commit } = journal()
  const first = j.write(line('first'))
  await turn()
  const refusedOf = async (where: Room, lines: number) => {
    const said = Array.from({ length: lines }, (_, i) => codeOf(j.write(line(`${i}`, where))))
    return (await Promise.all(said)).filter((code) => code === 'overloaded').length
  }
  const flood = room('flood')
  const told = [refusedOf(flood, 1_500), refusedOf(room('calm'), 900), refusedOf(room('late'), 250)]
  for (let i = 0; i < 5; i++) await commit()
  await first
  expect(await Promise.all(told)).toEqual([500, 400, 0])
  const again = refusedOf(flood, 1_001)
  for (let i = 0; i < 2; i++) await commit()
  expect(await again).toBe(1) // all have left: no place is kept for them
})

test('draining answers what was taken and refuses what comes after', async () => {
  const { journal: j, commit } = journal()
  const taken = codeOf(j.write(line('taken')))
  const drained = j.drain()
  const late = codeOf(j.write(line('late')))
  await commit()
  await drained
  expect([await taken, await late]).toEqual(['stored', 'draining'])
})

test('while the flush is paced, lines wait for each other in one commit', async () => {
  let wait = 100
  const batches: number[] = []
  const j = new Journal({
    append: async (drafts) => {
      batches.push(drafts.length)
      return drafts.map((_, i) => stored(i + 1))
    },
    wait: () => wait,
    log: createLog('silent'),
  })
  const first = j.write(line('first'))
  await turn() // a later turn than the first line's, within the pause
  await Promise.all([first, j.write(line('second'))])
  wait = 0
  await j.write(line('alone'))
  expect(batches).toEqual([2, 1])
})
