import { expect, test } from '@jest/globals'
import { defineOptions, options, rows } from '../../src/options.js'

test('an option without type, default or help fails when it is loaded', () => {
  const { help: _help, ...mute } = options.server.port

  // @ts-expect-error the compiler sees it as well
  expect(() => defineOptions({ server: { port: mute } })).toThrow(
    'options: [server] port lacks help',
  )
})

test('a key makes its flag and its variable', () => {
  const names = rows.map(({ flag, variable }) => [flag, variable])

  expect(names).toContainEqual(['port', 'CHAT_ROOM_PORT'])
  expect(names).toContainEqual(['tls-cert', 'CHAT_ROOM_TLS_CERT'])
  expect(names).toContainEqual(['store-url', 'CHAT_ROOM_STORE_URL'])
  expect(names).toContainEqual(['limits-message-chars', 'CHAT_ROOM_LIMITS_MESSAGE_CHARS'])
  expect(new Set(names.flat()).size).toBe(rows.length * 2)
})
