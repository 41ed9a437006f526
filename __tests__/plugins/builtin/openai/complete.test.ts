import { expect, test } from '@jest/globals'
import { complete } from '../../../../src/plugins/builtin/openai/complete.js'
import { Failure } from '../../../../src/plugins/builtin/openai/failure.js'
import { completionsAt } from '../../../../src/plugins/builtin/openai/post.js'
import { service } from './service.js'

/** Asks a service that plays this scenario: what it said, and how it ended. */
async function ask(
  scenario: string,
  { url = '', firstByte = 5_000, idle = 5_000, held = false } = {},
) {
  const fake = await service(scenario)
  const stop = new AbortController()
  let said = ''
  const completion = complete(
    {
      service: { url: url || fake.url, key: 'sk-secret' },
      body: { model: 'any', messages: [] },
      firstByte,
      idle,
      signal: stop.signal,
    },
    (text) => {
      said += text
      if (!held) fake.release()
      if (said.length > 1_000) stop.abort()
      return true
    },
  )
  const ended = await completion.catch((error: unknown) => error)
  const failure = ended instanceof Failure ? { kind: ended.kind, ...ended.details } : undefined
  return { said, ended: failure ?? ended, fake }
}

test.each([
  ['ok', '你好，我是模型。', { finish: 'stop' }],
  ['busy-long', '', { kind: 'rate-limit', status: 429, retryAfter: 120 }],
  ['busy-once', '', { kind: 'rate-limit', status: 429, retryAfter: 1 }],
  ['wrong-key', '', { kind: 'auth', status: 401 }],
  ['unknown', '', { kind: 'request', status: 404 }],
  ['redirect', '', { kind: 'request', status: 307 }],
  ['bad-gateway', '', { kind: 'server', status: 502 }],
  ['page', '', { kind: 'server', status: 200 }],
  ['page-as-json', '', { kind: 'server' }],
  ['garbage', '', { kind: 'server' }],
  ['dies', '', { kind: 'network' }],
  ['cut', 'half a sentence', { kind: 'network' }],
  ['truncated', 'half a sentence', { kind: 'truncated' }],
  ['error-inside', 'half a sentence', { kind: 'server' }],
  ['bytes', '小鸟🐦飞', { finish: 'stop' }],
  ['thinking', '42', { finish: 'stop' }],
  ['length', 'as long as it may be', { finish: 'length' }],
  ['filtered', 'well, ', { finish: 'content_filter' }],
  ['tools', '', { finish: 'stop', calls: [{ id: 'call_1', name: 'roll', args: '{"sides":6}' }] }],
  ['empty', '', { finish: 'stop' }],
  ['whole', 'all at once', { finish: 'stop', tokens: 12 }],
  ['counted', 'counted', { finish: 'stop', tokens: 60 }],
  ['ten-megabytes', '', { kind: 'server' }],
])('%s: says %j and ends with %j', async (scenario, text, end) => {
  const { said, ended } = await ask(scenario)
  expect(said).toBe(text)
  expect(ended).toEqual(end)
})

test('a service that never begins is given up after its first-byte time', async () => {
  expect(await ask('silent', { firstByte: 50 })).toMatchObject({
    said: '',
    ended: { kind: 'timeout' },
  })
})

test('a stream that stalls is given up after its idle time, and what came is kept', async () => {
  const { said, ended } = await ask('stall', { idle: 50, held: true })
  expect(said).toBe('half a sentence')
  expect(ended).toEqual({ kind: 'idle' })
})

test('an answer that nobody wants any more ends at once, and the service is let go', async () => {
  const { ended, fake } = await ask('endless')
  expect(ended).toEqual({ kind: 'cancelled' })
  await fake.requests[0]?.gone
})

test('a dead host is a network failure', async () => {
  const gone = await service('ok')
  await gone.close()
  expect((await ask('ok', { url: gone.url })).ended).toEqual({ kind: 'network' })
})

test('the question goes where it should, with its key and as a stream', async () => {
  const { fake } = await ask('ok')
  expect(fake.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer sk-secret' },
    body: { model: 'any', stream: true },
  })
})

test.each([
  ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/v1/', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['https://a.example/v1/chat/completions', 'https://a.example/v1/chat/completions'],
  ['https://a.example/x?api-version=2', 'https://a.example/x/chat/completions?api-version=2'],
])('the completions of %s are at %s', (base, address) => {
  expect(completionsAt(base)).toBe(address)
})
