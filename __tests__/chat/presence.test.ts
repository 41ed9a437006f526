import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Connection } from '../../src/chat/connection.js'
import { Presence } from '../../src/chat/presence/presence.js'
import type { Membership, Room } from '../../src/chat/room.js'
import { framesIn } from '../../src/chat/wire.js'
import type { User } from '../../src/protocol.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const person = (id: number, name: string): User => ({ id, name, imageid: '0', kind: 'person' })

function emptyRoom() {
  const told: Buffer[][] = []
  // What of a room it needs.
  const room = {
    name: 'lobby',
    lines: [],
    mentions: { meet: () => {} },
    seen: (user: User) => user,
    returns: () => false,
    isElsewhere: () => false,
    members: () => [],
    moment: () => ({ head: 0, at: 0 }),
    moved: () => {},
    tell: () => true,
  } as unknown as Room
  const presence = new Presence(room)
  const comes = (user: User): Connection => {
    const sendFrame = (...pieces: Buffer[]) => void told.push(pieces)
    const connection = { user, lang: 'en', mode: 'v1', sendFrame } as unknown as Connection
    const membership: Membership = { connection, room, listener: undefined, over: false }
    presence.enter(membership)
    return connection
  }
  return { presence, told, comes }
}

test('who is in a room stands in order, whoever came first, and as they are called now', () => {
  const { presence, comes } = emptyRoom()
  const [grace] = [9, 3, 12, 1, 7].map((id) => comes(person(id, `guest ${id}`)))
  presence.update(person(7, 'Ada'))
  if (grace) presence.leave(grace, true)
  comes(person(8, 'Alan'))
  expect(presence.people().map(({ id, name }) => `${id} ${name}`)).toEqual([
    '1 guest 1',
    '3 guest 3',
    '7 Ada',
    '8 Alan',
    '12 guest 12',
  ])
  presence.close()
})

test('a crowd that comes at once is told of each other from the same bytes, each of who came after them', () => {
  const { presence, told, comes } = emptyRoom()
  for (let id = 1; id <= 50; id++) comes(person(id, `鸟 ${id}`))
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
