import { afterEach, expect, jest, test } from '@jest/globals'
import { en } from '../../src/i18n/en.js'
import type { Middleware } from '../../src/plugin.js'
import { bot, echo, lobby } from './flock.js'
import { ada, grace } from './world.js'

afterEach(() => void jest.useRealTimers())

const broken: Middleware = () => {
  throw new Error('my secret text')
}
const rests = en.bots.rests.replace('{name}', 'bird')

test('who called a bot that fails reads so, and the log names the kind', async () => {
  const { room, says, logged, entries } = await lobby(bot('bird', broken))
  await says(ada, '@bird hello')
  await logged('bot failed')
  await room.until(() => room.events.length === 2)

  expect(room.lines()).toEqual(['ada: @bird hello', `bird: ${en.bots.failed}`])
  expect(entries.find(({ msg }) => msg === 'bot failed')).toMatchObject({ kind: 'error', seq: 1 })
})

test('who did not call it reads nothing', async () => {
  const { room, says, logged, bots } = await lobby(bot('bird', broken))
  await says(ada, 'hello')
  await logged('bot failed')
  await bots.close()

  expect(room.lines()).toEqual(['ada: hello'])
})

test('a bot that has said something itself needs no excuse', async () => {
  const { room, says, logged, bots } = await lobby(
    bot('bird', async (ctx) => {
      await ctx.reply('I cannot')
      throw new Error('broken')
    }),
  )
  await says(ada, '@bird hello')
  await logged('bot failed')
  await bots.close()

  expect(room.lines().slice(1)).toEqual(['bird: I cannot'])
})

test('a bot that hangs says that it took too long', async () => {
  jest.useFakeTimers()
  const { room, says, entries } = await lobby(
    bot('bird', () => new Promise(() => undefined), { timeout: 1_000 }),
  )
  await says(ada, '@bird hello')
  await jest.advanceTimersByTimeAsync(1_000)

  expect(room.lines().at(-1)).toBe(`bird: ${en.bots.late}`)
  expect(entries.find(({ msg }) => msg === 'bot failed')).toMatchObject({ kind: 'timeout' })
})

test('who asks a bot that has three waiting is told so, once until it is free', async () => {
  let letGo = () => undefined as void
  const free = new Promise<void>((resolve) => (letGo = resolve))
  const slow = bot('bird', async (ctx) => {
    await free
    await ctx.reply(`to ${ctx.message.text}`)
  })
  const { room, says } = await lobby(slow)
  for (const n of [1, 2, 3, 4, 5, 6]) await says(ada, `@bird ${n}`)
  const busy = `bird: ${en.bots.busy.replace('{waiting}', '3')}`
  await room.until(() => room.lines().includes(busy))
  letGo()
  await room.until(() => room.lines().includes('bird: to @bird 4'))

  expect(room.lines().filter((line) => line === busy)).toHaveLength(1)
})

test('a bot that rests says so to each room in which it is called, once', async () => {
  const { room, says, logged, entries, pass } = await lobby(bot('bird', broken))
  for (let n = 0; n < 5; n++) {
    await says(ada, `@bird ${n}`)
    await room.until(() => room.events.length === 2 * n + 2)
  }
  await logged('bot failed too often in a row: it rests a minute')
  await says(grace, '@bird are you there?')
  await says(grace, 'well')
  await room.until(() => room.notices.length > 0)
  pass(60_000)
  await says(grace, '@bird again') // the one try, and it fails again
  await new Promise(setImmediate)

  expect(entries.filter(({ msg }) => msg === 'bot failed')).toHaveLength(6)
  expect(room.notices.map(({ text }) => text)).toEqual([rests])
})

test('a bot that took much of the processor answers later: three wait, and the fourth reads so', async () => {
  jest.useFakeTimers()
  let wait = 1_000
  const { room, says, bots, log } = await lobby(bot('bird', echo, { wait: () => wait }))
  for (const n of [1, 2, 3, 4, 5]) await says(ada, `@bird ${n}`)
  await jest.advanceTimersByTimeAsync(0)
  const busy = `bird: ${en.bots.busy.replace('{waiting}', '3')}`
  expect(room.lines().slice(5)).toEqual([busy])
  expect((await bots.about(room, { inside: true, lang: 'en' }))[0]?.state).toBe('resting')

  wait = 0
  await jest.advanceTimersByTimeAsync(1_000)
  expect(room.lines().slice(6)).toEqual([1, 2, 3, 4].map((n) => `bird: you said @bird ${n}`))
  expect(log.filter((line) => line.startsWith('bot takes much'))).toHaveLength(1)
})

test('what waits for a bot that rests is taken up by the version that comes after it', async () => {
  const { room, says, bots } = await lobby(bot('bird', echo, { wait: () => 60_000 }))
  await says(ada, '@bird hello')
  await bots.put(bot('bird', (ctx) => ctx.reply('I am new')))
  await room.until(() => room.events.length === 2)

  expect(room.lines()).toEqual(['ada: @bird hello', 'bird: I am new'])
})

test('what a plugin notes is kept and counted, without costing the bot its turn', async () => {
  const { room, says, bots, entries } = await lobby(
    bot('bird', async (ctx) => {
      ctx.failed('rate-limit', { status: 429 })
      ctx.failed('a whole sentence of somebody')
      await ctx.reply('answered all the same')
    }),
  )
  for (let n = 0; n < 5; n++) {
    await says(ada, 'hello')
    await room.until(() => room.events.length === 2 * n + 2)
  }
  await new Promise(setImmediate) // the turn is over
  const [about] = await bots.about(room, { inside: true, lang: 'en' })

  expect(about).toMatchObject({ state: 'ready', answered: 5, failed: 10 })
  expect(about?.last_error).toEqual({ kind: 'error', at: expect.any(Number) })
  expect(JSON.stringify(entries)).not.toContain('sentence')
})

test('a bot that says the same to the same person again and again stops, with one notice', async () => {
  jest.useFakeTimers()
  const { room, says, pass } = await lobby(bot('bird', (ctx) => ctx.reply('pong')))
  const ping = async (times: number, user = ada) => {
    for (let n = 0; n < times; n++) {
      await says(user, 'ping')
      pass(1_000)
      await jest.advanceTimersByTimeAsync(1_000)
    }
  }
  const pongs = () => room.lines().filter((line) => line === 'bird: pong').length
  await ping(20)
  expect(pongs()).toBe(8)
  expect(room.notices.map(({ text }) => text)).toEqual([en.bots.repeats.replace('{name}', 'bird')])

  await ping(1, grace)
  expect(pongs()).toBe(9)
  pass(60_000)
  await ping(1)
  expect(pongs()).toBe(10)
})

test('a stream that repeats itself is taken away', async () => {
  jest.useFakeTimers()
  const { room, says } = await lobby(
    bot('bird', async (ctx) => {
      const draft = ctx.stream()
      draft.write('the same')
      await draft.end()
    }),
  )
  for (let n = 0; n < 9; n++) {
    await says(ada, 'ask')
    await jest.advanceTimersByTimeAsync(1_000)
  }

  expect(room.lines().filter((line) => line === 'bird: the same')).toHaveLength(8)
  expect([...room.shown.values()].at(-1)?.at(-1)).toBe('dropped: done')
  expect(room.notices).toHaveLength(1)
})

test('what is told of a bot: its hearing, where its words go, its state; how it fares to its host', async () => {
  const slow: Middleware = (ctx) => {
    world.pass(40)
    return ctx.reply('here')
  }
  const world = await lobby(
    bot('bird', slow, {
      hear: 'auto',
      aliases: ['birdie'],
      leaves: ['https://key@api.example.com/v1?secret'],
      menu: [{ name: 'roll', aliases: [] }],
      streams: true,
    }),
  )
  const { room, says, bots } = world
  await says(ada, 'hello')
  await room.until(() => room.events.length === 2)
  const told = {
    id: 0,
    name: 'bird',
    imageid: 'bot',
    hear: 'auto',
    aliases: ['birdie'],
    away: { to: 'internet', hosts: ['api.example.com'] },
    streams: true,
    commands: ['roll'],
    state: 'ready',
  }

  await new Promise(setImmediate)
  expect(await bots.about(room, { inside: false, lang: 'en' })).toEqual([told])
  expect(await bots.about(room, { inside: true, lang: 'en' })).toEqual([
    { ...told, answered: 1, failed: 0, p95_ms: 40 },
  ])
})

test('the state of a bot: busy where it answers, off without its plugin', async () => {
  let letGo = () => undefined as void
  const free = new Promise<void>((resolve) => (letGo = resolve))
  const { room, says, bots } = await lobby(
    bot('slow', () => free, { hear: 'mention' }),
    bot('gone', echo, { up: () => false }),
  )
  const states = async () => {
    return (await bots.about(room, { inside: false, lang: 'en' })).map(({ state }) => state)
  }
  expect(await states()).toEqual(['ready', 'off'])
  await says(ada, '@slow hello')
  expect(await states()).toEqual(['busy', 'off'])
  letGo()
  await new Promise(setImmediate)
  expect(await states()).toEqual(['ready', 'off'])
})
