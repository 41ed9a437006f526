import { expect, test } from '@jest/globals'
import { lobby } from '../../../helpers/lobby.js'
import { appId, appKey, fakeService } from './fake.js'

const name = '老朋友'
const friend = (settings: Record<string, string | number>) => ({
  plugins: {
    [`bot:${name}`]: { use: 'tencent-textchat', time_zone: 'Asia/Shanghai', ...settings },
  },
})
const keys = { app_id: appId, app_key: appKey }

test('the tutorial’s bot answers in the room with the words of the service', async () => {
  const { endpoint, requests } = await fakeService()
  const { ada } = await lobby({ people: ['ada'], ...friend({ ...keys, endpoint }) })
  const { seq } = await ada.says('老朋友，你叫啥？')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  expect(reply).toMatchObject({ user: { name }, data: requests[0]?.answer, cause: seq, hop: 1 })
  expect(requests).toMatchObject([{ ret: 0, parameters: { question: '你叫啥？' } }])
})

test('when the service is down the offline brain answers, and the log keeps secrets', async () => {
  const fake = await fakeService()
  const { endpoint } = fake
  const { ada, logged } = await lobby({ people: ['ada'], ...friend({ ...keys, endpoint }) })
  await fake.close()
  await ada.says('12 * 12 等于多少？')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  expect(reply).toMatchObject({ user: { name }, data: expect.stringContaining('144') })
  const log = logged.join('')
  expect(log.match(/bot met a failure/g)).toHaveLength(1)
  for (const secret of [appKey, endpoint, '12 * 12']) expect(log).not.toContain(secret)
})

test('without an endpoint the offline brain answers', async () => {
  const { ada } = await lobby({ people: ['ada'], ...friend(keys) })
  await ada.says('12 * 12 等于多少？')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  expect(reply).toMatchObject({ user: { name }, data: expect.stringContaining('144') })
})

test('a service that keeps silent costs people nothing, and the bot its patience', async () => {
  const { endpoint } = await fakeService({ scenario: 'hang' })
  const { ada, grace } = await lobby({
    people: ['ada', 'grace'],
    ...friend({ ...keys, endpoint, timeout: '50ms' }),
  })
  await ada.says('老朋友，12 * 12 等于多少？')
  expect(await grace.hears()).toContain('ada: 老朋友，12 * 12 等于多少？')
  const reply = await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  expect(reply).toMatchObject({ data: expect.stringContaining('144') })
})
