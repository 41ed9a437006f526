import { expect, test } from '@jest/globals'
import { closeChat } from '../../src/chat/closing.js'

test('a part that cannot be closed keeps no other open, and is told of when all are', async () => {
  const closed: string[] = []
  const part = (name: string) => ({ close: () => void closed.push(name) })
  const stuck = { close: () => Promise.reject(new Error('the bell is stuck')) }
  const closing = closeChat({
    reception: part('reception'),
    connections: [],
    rooms: { ...part('rooms'), all: () => [].values() },
    journal: { drain: async () => void closed.push('journal') },
    underWay: { finished: async () => void closed.push('what is under way') },
    rest: [part('outbox'), stuck, part('doors')],
  })
  await expect(closing).rejects.toThrow('the bell is stuck')
  expect(closed).toEqual(['reception', 'journal', 'what is under way', 'outbox', 'doors', 'rooms'])
})
