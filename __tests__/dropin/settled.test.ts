import { expect, test } from '@jest/globals'
import { Settled } from '../../src/dropin/settled.js'
import { botNameOf, isBotFile } from '../../src/dropin/bot-file.js'

const lies = (version: string, size = 10) => new Map([['dice.js', { version, size }]])
const nothing = new Map<string, { version: string; size: number }>()

/** A folder in which dice.js lies. */
function folder() {
  const settled = new Settled()
  settled.take(lies('1'))
  return settled
}

test('a save is taken once the file has come to rest', () => {
  const settled = folder()

  expect(settled.update(lies('2'), 0)).toEqual({ changed: [], again: 40 })
  expect(settled.update(lies('3'), 30)).toEqual({ changed: [], again: 40 })
  expect(settled.update(lies('3'), 60)).toEqual({ changed: [], again: 10 })
  expect(settled.update(lies('3'), 70)).toEqual({ changed: ['dice.js'] })
  expect(settled.update(lies('3'), 80)).toEqual({ changed: [] })
})

test('a file that is emptied is about to be written', () => {
  const settled = folder()

  settled.update(lies('2', 0), 0)
  expect(settled.update(lies('2', 0), 900)).toEqual({ changed: [], again: 100 })
  settled.update(lies('3'), 950)
  expect(settled.update(lies('3'), 990)).toEqual({ changed: ['dice.js'] })
})

test('a file that is put away for a moment was not deleted', () => {
  const settled = folder()

  settled.update(nothing, 0)
  expect(settled.update(nothing, 299)).toEqual({ changed: [], again: 1 })
  expect(settled.update(lies('1'), 299)).toEqual({ changed: [] })
  settled.update(nothing, 1_000)
  expect(settled.update(nothing, 1_300)).toEqual({ changed: ['dice.js'] })
  expect(settled.files.size).toBe(0)
})

test.each([
  ['dice.js', true],
  ['dice.ts', true],
  ['dice.mjs', true],
  ['dice.cts', true],
  ['骰子.ts', true],
  ['chat-room.d.ts', false],
  ['dice.test.ts', false],
  ['.dice.js.swp', false],
  ['.dice.js', false],
  ['_words.js', false],
  ['dice.js~', false],
  ['#dice.js#', false],
  ['4913', false],
  ['words.json', false],
])('%s is a bot: %s', (name, is) => {
  expect(isBotFile(name)).toBe(is)
})

test('a bot is named after its file, however the disk writes its letters', () => {
  expect(botNameOf('Cafe\u0301.mjs')).toBe('Café')
})
