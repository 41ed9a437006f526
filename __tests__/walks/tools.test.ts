import { afterEach, expect, test } from '@jest/globals'
import { fakeOpenAI, type FakeOpenAI } from '../../scripts/fake-openai/server.mjs'
import { words } from '../../src/plugins/builtin/openai/words.js'
import type { Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import { httpToolServer, type HttpToolServer } from '../plugins/builtin/openai/tools/server.mjs'

/** A model that uses tools, in a room. */

let fake: FakeOpenAI
let web: HttpToolServer
afterEach(async () => {
  await fake.close()
  await web.close()
})

/** Ada alone with a bot whose model plays a scenario, and tools at an address of this machine. */
async function room(scenario: string, settings: Record<string, string | number> = {}, server = {}) {
  fake = await fakeOpenAI({ scenario })
  web = await httpToolServer()
  const bot = { use: 'openai', base_url: fake.url, model: 'any', mcp: ['net'], ...settings }
  const net = { url: web.url, tools: ['add', 'slow', 'throw'], ...server }
  return lobby({ people: ['ada'], lang: 'en', plugins: { 'bot:helper': bot, 'mcp:net': net } })
}

const isAnswer = (frame: Frame) => frame.type === 'chat' && frame.user.kind === 'bot'
const isNotice = (frame: Frame) => frame.type === 'notice'
const roles = (n: number) => fake.requests[n]?.body.messages.map(({ role }) => role).join(' ')

test('tools do what the model wants, the room reads which, and the answer is one line', async () => {
  const { ada } = await room('as-told')
  await ada.says('call add {"a":2,"b":40} call add {"a":"x"} call secret {}')
  const notice = await ada.next(isNotice)
  const answer = await ada.next(isAnswer)

  expect(notice).toMatchObject({ data: 'Tools used by helper: add', notes: [{ code: 'tools' }] })
  expect(answer).toMatchObject({ ended: 'done' })
  expect(answer).toHaveProperty(
    'data',
    expect.stringMatching(/^Let me see\.\n\n42 \| Error: .* \| Error: there is no tool "secret"$/s),
  )
  expect([roles(0), roles(1)]).toEqual(['system user', 'system user assistant tool tool tool'])
  expect(fake.requests[0]?.body.messages[0]?.content).toContain(words.en.tools)
  expect(fake.requests[0]?.body.tools?.map((tool) => tool.function.name)).toEqual([
    'net__add',
    'net__throw',
    'net__slow',
  ])
})

test('who asks at once, without numbers and as an object, is answered as well', async () => {
  const { ada } = await room('tools-whole')
  await ada.says('call add {"a":1,"b":2}')
  expect(await ada.next(isAnswer)).toMatchObject({ data: '3', ended: 'done' })
})

test('after four rounds the model has to answer; what they cost is counted', async () => {
  const { ada } = await room('tools-again', { tokens_day: 100_000 })
  await ada.says('again and again')
  expect(await ada.next(isAnswer)).toMatchObject({ data: words.en.failed.tools })
  expect(fake.requests.map(({ body }) => body.tool_choice)).toEqual([...Array(4), 'none'])
  const left = fake.requests.map(({ body }) => body.max_tokens ?? 0)
  expect(left.every((tokens, n) => n === 0 || tokens <= (left[n - 1] ?? 0))).toBe(true)
})

test('a budget that is used up in the middle ends the rounds', async () => {
  const { ada } = await room('tools-again', { tokens_day: 10, max_tokens: 0 })
  await ada.says('again and again')
  expect(await ada.next(isAnswer)).toMatchObject({ data: words.en.failed.tools })
  expect(fake.requests).toHaveLength(1)
})

test('who asked stops a tool that is at work, and keeps what was said', async () => {
  const { ada } = await room('as-told')
  await ada.says('call slow {}')
  await ada.next(isNotice)
  const growing = await ada.next((frame) => frame.type === 'delta')
  const stream = growing.type === 'delta' ? growing.stream : ''
  await ada.request({ type: 'stop', room: 'lobby', stream })
  expect(await ada.next(isAnswer)).toMatchObject({ data: 'Let me see.', ended: 'cancelled' })
  expect(fake.requests).toHaveLength(1)
})

test('without its tools it says so and answers all the same; its card says what they are', async () => {
  const { ada } = await room('as-told', {}, { url: 'http://127.0.0.1:1/' })
  await ada.says('hello')
  const sentence = 'helper cannot reach its tools (net) and answers without them.'
  expect(await ada.next(isNotice)).toMatchObject({ data: sentence })
  expect(await ada.next(isAnswer)).toMatchObject({ data: 'no tools' })
  const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
  expect(bots).toMatchObject([{ away: { to: 'machine' }, tools: [{ name: 'net', to: 'machine' }] }])
})
