import { expect, test } from '@jest/globals'
import type { Scene } from '../../../../scripts/textchat/fake.mjs'
import { ServiceFailure } from '../../../../src/plugins/builtin/tencent-textchat/failure.js'
import { readReply } from '../../../../src/plugins/builtin/tencent-textchat/reply.js'
import {
  openService,
  type ServiceOptions,
} from '../../../../src/plugins/builtin/tencent-textchat/service.js'
import { appId, appKey, fakeService } from './fake.js'

const asked = { question: '你叫啥', session: '10000' }
const nobodyStops = new AbortController().signal
const service = (endpoint: string, more: Partial<ServiceOptions> = {}) =>
  openService({ endpoint, appId, appKey, timeout: 10_000, pause: 0, ...more })

/** The failure it ends with; anything else is thrown. */
const failureOf = async (asking: Promise<unknown>): Promise<ServiceFailure> => {
  const ended = await asking.catch((error: unknown) => error)
  if (ended instanceof ServiceFailure) return ended
  throw new Error('it did not fail', { cause: ended })
}

test('a question goes out as a signed form and comes back as words', async () => {
  const { endpoint, requests } = await fakeService()
  const answer = await service(endpoint)(asked, nobodyStops)

  const [request] = requests
  expect(answer).toBe(request?.answer)
  expect(request).toMatchObject({ ret: 0, parameters: { app_id: '1000001', ...asked } })
  expect(request?.contentType).toMatch(/^application\/x-www-form-urlencoded/)
  expect(Object.keys(request?.parameters ?? {})).toHaveLength(6)
})

test.each([`hi! it's (ok) * ~ 你 好`, `a+b=c&d%20 "#?/\\`, '😀\n\t…'])(
  'the service agrees with the signature of %j',
  async (question) => {
    const { endpoint, requests } = await fakeService()
    await service(endpoint)({ ...asked, question }, nobodyStops)

    expect(requests).toMatchObject([{ ret: 0, parameters: { question } }])
  },
)

test('after "too many requests" it asks once more, with another nonce and signature', async () => {
  const { endpoint, requests } = await fakeService({ scenario: ['ret 9', 'talk'] })
  const answer = await service(endpoint)(asked, nobodyStops)

  expect(requests.map(({ ret }) => ret)).toEqual([9, 0])
  expect(answer).toBe(requests[1]?.answer)
  for (const key of ['nonce_str', 'sign'])
    expect(requests[0]?.parameters[key]).not.toBe(requests[1]?.parameters[key])
})

test('it does not ask a third time', async () => {
  const { endpoint, requests } = await fakeService({ scenario: 'ret 9' })
  const failure = await failureOf(service(endpoint)(asked, nobodyStops))

  expect(failure).toMatchObject({ message: /too many requests/, details: { ret: 9 } })
  expect(requests).toHaveLength(2)
})

test('nobody waits for the second try when the server closes', async () => {
  const fake = await fakeService({ scenario: 'ret 9' })
  const stop = new AbortController()
  const asking = service(fake.endpoint, { pause: 3_600_000 })(asked, stop.signal)
  await fake.asked
  stop.abort(new Error('the server closes'))

  await expect(asking).rejects.toThrow(/closes|abort/)
})

test.each([16391, 16392, 16393, 16394])('%d is no answer, and no failure', async (ret) => {
  const { endpoint } = await fakeService({ scenario: `ret ${ret}` })

  expect(await service(endpoint)(asked, nobodyStops)).toBeUndefined()
})

test.each([
  [-30, /system error/, 'server'],
  [-1, /system error/, 'server'],
  [4096, /illegal parameter/, 'request'],
  [12289, /no such app_id/, 'auth'],
  [16385, /app_id is missing/, 'request'],
  [16386, /time_stamp is missing/, 'request'],
  [16387, /nonce_str is missing/, 'request'],
  [16388, /signature/, 'auth'],
  [16389, /permission/, 'auth'],
  [16390, /^clock/, 'clock'],
  [7, /unknown/, 'server'],
] as const)('%d is a failure that says %s, of the kind %s', async (ret, why, kind) => {
  const { endpoint, requests } = await fakeService({ scenario: `ret ${ret}` })
  const failure = await failureOf(service(endpoint)(asked, nobodyStops))

  expect(failure).toMatchObject({ message: expect.stringMatching(why), kind, details: { ret } })
  expect(requests).toHaveLength(1)
})

test.each<[Scene, string]>([
  ['html', 'the answer is not JSON'],
  ['cut', 'the answer is not JSON'],
  ['huge', 'the answer is longer than 256 KiB'],
  ['drop', 'it cannot be reached'],
  ['status 500', 'HTTP status'],
  ['status 302', 'it cannot be reached'],
])('%s is a failure: %s', async (scenario, why) => {
  const { endpoint } = await fakeService({ scenario })

  expect((await failureOf(service(endpoint)(asked, nobodyStops))).message).toBe(why)
})

test('where nobody listens it says so, by its code and without the address', async () => {
  const failure = await failureOf(service('http://127.0.0.1:2/')(asked, nobodyStops))

  expect(failure.details).toEqual({ code: 'ECONNREFUSED' })
  expect(failure.message).not.toContain('127.0.0.1')
})

test('a service that keeps silent is given up', async () => {
  const { endpoint } = await fakeService({ scenario: 'hang' })
  const failure = await failureOf(service(endpoint, { timeout: 50 })(asked, nobodyStops))

  expect(failure).toMatchObject({
    message: 'no answer in time',
    kind: 'timeout',
    details: { timeout: 50 },
  })
})

test('whoever stops it gets their own reason, and not a failure of the service', async () => {
  const fake = await fakeService({ scenario: 'hang' })
  const stop = new AbortController()
  const asking = service(fake.endpoint)(asked, stop.signal)
  await fake.asked
  stop.abort(new Error('the server closes'))

  await expect(asking).rejects.toThrow('the server closes')
})

test('a clock that is off is told apart', async () => {
  const { endpoint } = await fakeService({ now: () => Date.now() + 6 * 60_000 })

  expect((await failureOf(service(endpoint)(asked, nobodyStops))).details).toEqual({ ret: 16390 })
})

test('an answer of more than 4000 characters is cut, and shows it', async () => {
  const { endpoint } = await fakeService({ scenario: 'long' })
  const answer = await service(endpoint)(asked, nobodyStops)

  expect(answer).toBe(`${'哈'.repeat(3_999)}…`)
})

test('of a long body no more than 256 KiB and a chunk are read', async () => {
  let pulled = 0
  const long = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1
        if (pulled > 100) controller.close()
        else controller.enqueue(new Uint8Array(64 * 1024))
      },
    },
    { highWaterMark: 0 },
  )

  await expect(readReply(new Response(long))).rejects.toThrow(/256 KiB/)
  expect(pulled).toBe(5)
})

test.each([
  ['[]', /no return code/],
  ['null', /no return code/],
  ['{"ret":"0"}', /no return code/],
  ['{"ret":0.5}', /no return code/],
  ['{"ret":0}', /no text/],
  ['{"ret":0,"data":{"answer":42}}', /no text/],
])('%s is not what the service would say', async (body, why) => {
  await expect(readReply(new Response(body))).rejects.toThrow(why)
})

test('an answer without a word is none', async () => {
  const { endpoint } = await fakeService({ scenario: 'ret 0' })

  expect(await service(endpoint)(asked, nobodyStops)).toBeUndefined()
})
