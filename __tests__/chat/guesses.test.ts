import { expect, test } from '@jest/globals'
import { Guesses } from '../../src/chat/doors/guesses.js'

const guesses = () =>
  new Guesses({ areaOf: (address) => address, isNear: (address) => address.startsWith('10.') })

/** So many people guess from there, each once; those that were not too many. */
async function guessed(from: string, people: number, all = guesses()): Promise<number> {
  const tries = Array.from({ length: people }, (_, userId) => all.take(userId, from))
  const took = await Promise.allSettled(tries)
  return took.filter(({ status }) => status === 'fulfilled').length
}

test('wrong passcodes are counted for an address, whoever guesses there; a class behind one has ten times as many', async () => {
  const all = guesses()
  expect(await guessed('203.0.113.7', 40, all)).toBe(30)
  expect(await guessed('203.0.113.8', 1, all)).toBe(1) // another address
  expect(await guessed('10.0.0.1', 310)).toBe(300)
})

test('a passcode that was right does not count', async () => {
  const all = guesses()
  for (let n = 0; n < 40; n++) {
    await all.take(n, '203.0.113.7')
    await all.giveBack(n, '203.0.113.7')
  }
  expect(await guessed('203.0.113.7', 40, all)).toBe(30)
})
