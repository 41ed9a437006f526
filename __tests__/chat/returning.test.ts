import { expect, test } from '@jest/globals'
import { Returning } from '../../src/chat/presence/returning.js'
import type { User } from '../../src/protocol.js'

const user = (id: number, kind: User['kind'] = 'person'): User => ({
  id,
  name: `n${id}`,
  imageid: '1',
  kind,
})
const said = [user(1), user(2), user(2), user(0, 'bot')]

test('people who spoke before are waited for two minutes, each once, and bots are not', () => {
  const returning = new Returning(said, 0)
  expect(returning.count(() => false, 119_999)).toBe(2)
  expect(returning.count((id) => id === 1, 119_999)).toBe(1)
  expect(returning.count(() => false, 120_000)).toBe(0)
})

test('who came back and left again is waited for no more', () => {
  const returning = new Returning(said, 0)
  returning.left(2)
  expect(returning.count(() => false, 1)).toBe(1)
})
