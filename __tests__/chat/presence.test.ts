import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Connection } from '../../src/chat/connection.js'
import { Presence } from '../../src/chat/presence/presence.js'
import type { Membership, Room } from '../../src/chat/room.js'
import { framesIn } from '../../src/chat/wire.js'
import type { User } from '../../src/protocol.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

test('a crowd that comes at once is told of each other from the same bytes, each of who came after them', () => {
  const told: Buffer[][] = []
  // What of a room it needs.
  const room = {
    name: 'lobby',
    lines: [],
    mentions: { meet: () => {} },
    seen: (user: User) => user,
    isReturning: () => false,
    members: () => [],
    moment: () => ({ head: 0, at: 0 }),
    tell: () => true,
  } as unknown as Room
  const presence = new Presence(room)
  for (let id = 1; id <= 50; id++) {
    const user = { id, name: `鸟 ${id}`, imageid: '0', kind: 'person' as const }
    const sendFrame = (...pieces: Buffer[]) => void told.push(pieces)
    const connection = { user, lang: 'en', mode: 'v1', sendFrame } as unknown as Connection
    const membership: Membership = { connection, room, listener: undefined, over: false }
    presence.enter(membership)
  }
  jest.runAllTimers()
  presence.close()

  const namesOf = (pieces: readonly Buffer[]) =>
    [...framesIn(Buffer.concat(pieces))].flatMap(({ payload }) =>
      (JSON.parse(payload.toString()) as { users: User[] }).users.map(({ name }) => name),
    )
  const names = Array.from({ length: 50 }, (_, index) => `鸟 ${index + 1}`)
  expect(told.map(namesOf)).toEqual(names.slice(1).map((_, index) => names.slice(index + 1)))
  const lists = told.map(([, list]) => list)
  expect(new Set(lists.map((list) => list?.buffer)).size).toBe(1)
})
