import { expect, test } from '@jest/globals'
import { bound, hush, LineQuota } from '../../src/plugins/worker/bounds.js'
import { WorkerDraft } from '../../src/plugins/worker/inside/draft.js'

test('of a flood of lines fifty go through, then ten a second, and the next one tells how many did not', () => {
  let now = 0
  const quota = new LineQuota({ now: () => now })
  const through = (times: number) => {
    const taken = Array.from({ length: times }, () => quota.take())
    return taken.filter((leftOut) => leftOut !== undefined)
  }
  expect(through(1_000)).toEqual(Array.from({ length: 50 }, () => 0))
  now = 1_000
  expect(through(1_000)).toEqual([950, ...Array.from({ length: 9 }, () => 0)])
})

test('a flood that goes on comes a line at a time, never fifty at once', () => {
  let now = 0
  const quota = new LineQuota({ now: () => now })
  const through = () =>
    Array.from({ length: 100 }, () => quota.take()).filter((leftOut) => leftOut !== undefined)
  through()
  const each = Array.from({ length: 100 }, () => {
    now += 100
    return through().length
  })
  expect(new Set(each)).toEqual(new Set([1]))
})

test('who writes ten thousand lines that are left out waits with each one after them', () => {
  let now = 0
  const quota = new LineQuota({ now: () => now, pause: () => (now += 1) })
  for (let n = 0; n < 10_050; n++) quota.take()
  expect(now).toBe(0)
  for (let n = 0; n < 100; n++) quota.take()
  expect(now).toBe(100)
  expect(quota.take()).toBe(10_100)
})

/** A draft, and what of it went to the server. */
function draft() {
  const sent: string[] = []
  const opened = new WorkerDraft({
    grow: (how, text) => void sent.push(`${how} ${text}`),
    end: async (reason) => void sent.push(reason),
  })
  return { opened, sent }
}

test('the first piece of a draft goes at once, those behind it together', async () => {
  const { opened, sent } = draft()
  for (const piece of ['one ', 'two ', 'three']) opened.write(piece)
  expect(sent).toEqual(['write one '])
  await opened.end()

  expect(sent).toEqual(['write one ', 'write two three', 'done'])
})

test('another text instead of all takes the place of what was held back', async () => {
  const { opened, sent } = draft()
  opened.write('one ')
  opened.write('two ')
  opened.replace('three')
  opened.write(' four')
  await opened.end('cut')

  expect(sent).toEqual(['write one ', 'replace three four', 'cut'])
})

test('nothing taken back still goes: the draft is empty then', async () => {
  const { opened, sent } = draft()
  opened.write('one')
  opened.replace('')
  await opened.end()
  expect(sent).toEqual(['write one', 'replace ', 'done'])
})

test('of eleven megabytes no more goes than a message could hold; one piece of ten is not taken', async () => {
  const { opened, sent } = draft()
  expect(() => opened.write('x'.repeat(10_000_000))).toThrow('more than 1000000 are not taken')
  opened.write('x'.repeat(1_000_000))
  for (let n = 0; n < 1_000; n++) opened.write('y'.repeat(10_000))
  await opened.end()

  expect(sent).toHaveLength(3)
  for (const text of sent) expect(text.length).toBeLessThan(33_000)
})

test('what is written after its end goes nowhere', async () => {
  const { opened, sent } = draft()
  opened.over(new Error('the server says so'))
  opened.write('too late')
  opened.flush()
  expect(sent).toEqual([])
})

/** A stream that is bound, and what came through. */
function stream() {
  const written: string[] = []
  const bare = {
    write: (chunk: unknown, ..._rest: unknown[]) => written.push(String(chunk)) > 0,
  }
  const quota = bound(bare)
  return { ...bare, written, quota }
}

test('a console takes so many lines a second, and calls back for each that it leaves out', async () => {
  const { write, written } = stream()
  for (let n = 0; n < 50; n++) write(`line ${n}`)
  let calledBack = 0
  for (let n = 0; n < 10; n++) write('too many', () => (calledBack += 1))
  expect(calledBack).toBe(0) // never before the caller is done
  await new Promise<void>((resolve) => write('the last', resolve))

  expect(written).toHaveLength(50)
  expect(calledBack).toBe(10)
})

test('what a console leaves out is not even put into words', () => {
  const { write, written, quota } = stream()
  const console = { log: (...data: unknown[]) => void write(data.join(' ')) }
  hush(console, ['log'], quota)
  let asked = 0
  const costly = { toString: () => `words ${(asked += 1)}` }
  for (let n = 0; n < 1_000; n++) console.log('said', costly)

  expect(written).toHaveLength(50)
  expect(asked).toBe(50)
})
