import { afterEach, expect, test } from '@jest/globals'
import { fakeOpenAI, type FakeOpenAI } from '../../scripts/fake-openai/server.mjs'
import type { Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'

let fake: FakeOpenAI | undefined
afterEach(async () => {
  await fake?.close()
  fake = undefined
})

/**
 * A user's bot that is busy with each line until somebody says `go on`, and then repeats it. It writes at once
 * what stands in brackets, and says what it knows of the room when it is asked for `history`.
 */
const slow = `let goOn = []
export default {
  name: 'slow',
  api: 1,
  setup(host) {
    host.use(async (ctx, next) => {
      await next()
      if (ctx.message.text === 'go on') for (const go of goOn.splice(0)) go()
    })
    host.bot(async (ctx, next) => {
      await next()
      const { text } = ctx.message
      if (text === 'go on') return
      if (text === 'history') {
        const lines = await ctx.room.history(20)
        return ctx.reply(lines.map(({ text }) => text).join(' | '))
      }
      const draft = ctx.stream()
      const [, start] = /\\[(.*)\\]/.exec(text) ?? []
      if (start) draft.write(start)
      await new Promise((resolve) => {
        goOn.push(resolve)
        ctx.signal.addEventListener('abort', resolve)
      })
      draft.replace('heard: ' + text)
      await draft.end()
    }, { hear: 'all' })
  },
}`
const world = {
  people: ['ada'],
  plugins: { 'bot:slow': { use: './slow.mjs' } },
  files: { 'slow.mjs': slow },
} as const

const opened = (frame: Frame) => frame.type === 'delta' && frame.ended === undefined
const dropped = (frame: Frame) => frame.type === 'delta' && frame.ended !== undefined
const answer = (frame: Frame) => frame.type === 'chat' && frame.user.kind === 'bot'

test('an answer that has not begun goes with its question, and leaves nothing', async () => {
  const { ada } = await lobby(world)
  const { seq = 0 } = await ada.says('question')
  await ada.next(opened)
  await ada.recalls(seq)

  expect(await ada.next(dropped)).toMatchObject({ ended: 'cancelled', data: '' })
  await ada.says('go on')
  expect((await ada.hears()).filter((line) => line.startsWith('slow'))).toEqual([])
})

test('an answer that has begun ends where it is', async () => {
  const { ada } = await lobby(world)
  await ada.says('[so far] question')
  await ada.next((frame) => frame.type === 'delta' && frame.data === 'so far')
  await ada.recalls(1)
  expect(await ada.next(answer)).toMatchObject({ data: 'so far', ended: 'cancelled', cause: 1 })
})

test('a question that waits for its turn is not taken up, and those around it are', async () => {
  const { ada } = await lobby(world)
  await ada.says('one')
  await ada.next(opened)
  for (const text of ['two', 'three']) await ada.says(text)
  await ada.recalls(2)
  await ada.says('go on')

  expect(await ada.next(answer)).toMatchObject({ data: 'heard: one' })
  await ada.next(opened)
  await ada.says('go on')
  expect(await ada.next(answer)).toMatchObject({ data: 'heard: three' })
})

test('a question that waits is answered as it reads after an edit', async () => {
  const { ada } = await lobby(world)
  await ada.says('one')
  await ada.next(opened)
  await ada.says('twoo')
  await ada.edits(2, 'two')
  await ada.says('go on')
  await ada.next(answer)
  await ada.next(opened)
  await ada.says('go on')
  expect(await ada.next(answer)).toMatchObject({ data: 'heard: two', cause: 2 })
})

test('bots read of the room what stands there now', async () => {
  const { ada } = await lobby(world)
  await ada.says('go on')
  for (const text of ['secret', 'helo']) {
    await ada.says(text)
    await ada.next(opened)
    await ada.says('go on')
    await ada.next(answer)
  }
  await ada.recalls(2)
  await ada.edits(5, 'hello')
  await ada.says('history')

  const expected = 'go on | go on | heard: secret | hello | go on | heard: helo | history'
  expect(await ada.next(answer)).toMatchObject({ data: expected })
})

test('a recall is no failure of the bot: it does not rest, however often it happens', async () => {
  const { ada } = await lobby(world)
  for (let i = 0; i < 6; i++) {
    const { seq = 0 } = await ada.says('question')
    await ada.next(opened)
    await ada.recalls(seq)
    await ada.next(dropped)
  }
  await ada.says('last')
  await ada.next(opened)
  await ada.says('go on')
  expect(await ada.next(answer)).toMatchObject({ data: 'heard: last' })
})

test('an answer of one bot to another goes with the question that both descend from', async () => {
  const echo = `export default {
    name: 'echo', api: 1,
    setup: (host) => host.bot(async (ctx) => {
      if (ctx.message.text === 'start') await ctx.reply('to slow')
    }, { hear: 'all' }),
  }`
  const plugins = {
    'bot:echo': { use: './echo.mjs' },
    'bot:slow': { use: './slow.mjs', hear_bots: true },
  }
  const { ada } = await lobby({ ...world, plugins, files: { ...world.files, 'echo.mjs': echo } })
  await ada.says('start')
  await ada.next(opened) // slow, about the question itself
  await ada.next((frame) => answer(frame) && 'data' in frame && frame.data === 'to slow')
  await ada.recalls(1)

  await ada.next(dropped)
  await ada.says('go on')
  await ada.says('end')
  await ada.next(opened) // the next that it takes up is this one, not the echo
  await ada.says('go on')
  expect(await ada.next(answer)).toMatchObject({ data: 'heard: end' })
})

test('a model is told what was edited, and nothing of what was recalled', async () => {
  fake = await fakeOpenAI({ scenario: 'ok' })
  const bot = { use: 'openai', base_url: fake.url, model: 'any', api_key: 'sk', hear: 'mention' }
  const { ada } = await lobby({ people: ['ada'], plugins: { 'bot:助手': bot } })
  for (const text of ['CANARY', 'helo']) await ada.says(text)
  await ada.recalls(1)
  await ada.edits(2, 'hello')
  await ada.says('@助手 what did I say?')

  const told = JSON.stringify((await fake.request()).body.messages)
  expect(told).toContain('hello')
  expect(told).not.toMatch(/CANARY|helo"/)
})

test('a model’s answer is given up when its question is recalled', async () => {
  fake = await fakeOpenAI({ scenario: 'silent' })
  const bot = { use: 'openai', base_url: fake.url, model: 'any', api_key: 'sk' }
  const { ada } = await lobby({ people: ['ada'], plugins: { 'bot:助手': bot } })
  await ada.says('what is the meaning of life?')
  const request = await fake.request()
  await ada.recalls(1)

  await request.gone
  expect(await ada.next(dropped)).toMatchObject({ ended: 'cancelled' })
  expect(await ada.sees(2)).toMatchObject({ items: [{ recalled: true }] })
})
