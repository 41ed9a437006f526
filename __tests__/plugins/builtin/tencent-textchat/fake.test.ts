import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { appId, appKey, fakeService } from './fake.js'

const noon = Date.UTC(2026, 10, 24, 12)
const right = {
  app_id: String(appId),
  time_stamp: String(noon / 1000),
  nonce_str: 'fa577ce340859f9fe',
  session: '10000',
  question: '你叫啥',
}
const clock = { now: () => noon }
// Written out, so that neither signer checks itself.
const signed = [
  'app_id=1000001&nonce_str=fa577ce340859f9fe&question=%E4%BD%A0%E5%8F%AB%E5%95%A5',
  `session=10000&time_stamp=${noon / 1000}`,
].join('&')
const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase()
const sign = md5(`${signed}&app_key=${appKey}`)

const post = async (endpoint: string, parameters: Record<string, string>) =>
  (await fetch(endpoint, { method: 'POST', body: new URLSearchParams(parameters) })).json()

test('a right request is answered in the form of the documentation, by POST and by GET', async () => {
  const { endpoint } = await fakeService(clock)
  const answer = { ret: 0, msg: 'ok', data: { session: '10000', answer: expect.any(String) } }

  expect(await post(endpoint, { ...right, sign })).toEqual(answer)
  const query = new URLSearchParams({ ...right, sign })
  expect(await (await fetch(`${endpoint}?${query}`)).json()).toEqual(answer)
})

test('a wrong signature is told with the string that was signed, without the key', async () => {
  const { endpoint } = await fakeService(clock)
  const answer = await post(endpoint, { ...right, sign: sign.toLowerCase() })

  expect(answer).toMatchObject({ ret: 16388, msg: expect.stringContaining(signed) })
  expect(JSON.stringify(answer)).not.toContain(appKey)
})

test.each([
  [16385, { app_id: '' }],
  [16386, { time_stamp: '' }],
  [16387, { nonce_str: '' }],
  [16388, { sign: '' }],
  [12289, { app_id: '7' }],
  [4096, { app_id: '-7' }],
  [4096, { time_stamp: '1.5' }],
  [4096, { nonce_str: 'n'.repeat(33) }],
  [4096, { session: '' }],
  [4096, { session: '老'.repeat(11) }],
  [4096, { question: '' }],
  [4096, { question: '好'.repeat(101) }],
])('%d: %j', async (ret, wrong) => {
  const { endpoint } = await fakeService(clock)

  expect(await post(endpoint, { ...right, sign, ...wrong })).toMatchObject({ ret })
})

test.each([
  [300, 0],
  [-300, 0],
  [301, 16390],
  [-301, 16390],
])('a clock that is %d seconds off gets ret %d', async (seconds, ret) => {
  const { endpoint } = await fakeService({ now: () => noon + seconds * 1000 })

  expect(await post(endpoint, { ...right, sign })).toMatchObject({ ret })
})

test('more than qps requests in a second get ret 9, and the next second is another one', async () => {
  let now = noon
  const { endpoint } = await fakeService({ qps: 2, now: () => now })
  const rets = []
  for (const ms of [0, 0, 0, 1_000]) {
    now += ms
    rets.push((await post(endpoint, { ...right, sign })).ret)
  }

  expect(rets).toEqual([0, 0, 9, 0])
})

test('it answers in Chinese, and not twice the same', async () => {
  const { endpoint } = await fakeService(clock)
  const answers = [
    (await post(endpoint, { ...right, sign })).data.answer,
    (await post(endpoint, { ...right, sign })).data.answer,
  ]

  expect(new Set(answers).size).toBe(2)
  expect(answers.join('')).toMatch(/\p{Script=Han}/u)
})

test('elsewhere there is nothing', async () => {
  const { endpoint } = await fakeService()

  expect((await fetch(new URL('/', endpoint))).status).toBe(404)
})

test('a scenario that it does not know is refused with those it knows', async () => {
  await expect(fakeService({ scenario: 'ret x' as 'ret 0' })).rejects.toThrow(/talk, .*ret N/)
})
