import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import type { Visitor } from '../../src/chat/face.js'
import { serve } from './serve.js'

/** Bodies that programs send, as they should not. */

const visitor: Visitor = {
  user: { id: -1, name: 'ci', imageid: 'bot', kind: 'bot' },
  sidHash: 't',
  grant: { scopes: new Set(['write']), rooms: [] },
}

/** What is answered to a request that sends its head and only half of its body. */
async function half(path: string) {
  const { port } = await serve({
    bodyMs: 50,
    hook: () => ({ receive: async () => ({ status: 200, body: 'ok' }) }),
    async satori(call) {
      const read = await call.body()
      return 'fault' in read ? { status: 408, body: read } : { status: 200, body: {} }
    },
    tokens: {
      check: () => visitor,
      list: () => [],
      make: async () => ({ refused: 'many', limit: 0 }),
      revoke: async () => undefined,
    },
  })
  const socket = connect(port, '127.0.0.1')
  const head = [
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    'Content-Length: 100',
    'Authorization: Bearer x',
  ]
  socket.write(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{"half`)
  return text(socket) // until the server hangs up
}

test.each([
  ['/api/v1/rooms/lobby/messages', '"code":"too_slow"'],
  ['/hooks/a-token-of-16-chars', 'too_slow'],
  ['/satori/v1/login.get', '"fault":"slow"'],
])('%s waits for a slow body only so long', async (path, said) => {
  const answer = await half(path)
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  expect(answer).toMatch(/^Connection: close\r$/m)
  expect(answer).toContain(said)
})
