import { expect, test } from '@jest/globals'
import type { ChatDeps } from '../../src/chat/deps.js'
import { order } from '../../src/chat/pipeline.js'

test('of the steps that every line goes through, those that wait for nothing make no promise', () => {
  const limits = { joins_per_minute: 0, searches_per_minute: 0, messages_per_minute: 0, burst: 0 }
  const isAsync = ({ constructor }: object) => constructor.name === 'AsyncFunction'
  const waiting = Object.entries(order).filter(([, step]) => isAsync(step({ limits } as ChatDeps)))

  expect(waiting.map(([name]) => name)).toEqual(['reportErrors', 'knownCid', 'handle'])
})
