import { createServer, type Server } from 'node:http'
import { expect, test } from '@jest/globals'
import type { Middleware, PluginHost } from '../../src/plugin.js'
import { testRoom } from '../../src/testing/testing.js'
import { open } from '../helpers/test-room.js'

/** The kit that people test their bots with. */

const ping: Middleware = async (ctx, next) => {
  await next()
  if (ctx.message.text === 'ping') await ctx.reply('pong')
}

const setup = (work: (host: PluginHost) => unknown) => ({ name: 'x', api: 1, setup: work })

test('a bot that is a function hears all, and has answered when saying is done', async () => {
  const t = await open({ bots: { ping }, people: ['ada', 'grace'] })
  await t.says('ada', 'hello')
  await t.says('grace', 'ping')
  expect(t.lines()).toEqual(['ada: hello', 'grace: ping', 'ping: pong'])
})

test('a module’s triggers, settings and commands are those of the room', async () => {
  const dice = {
    name: 'dice',
    api: 1,
    config: { sides: { type: 'int', default: 6, help: 'Sides' } },
    setup(host: PluginHost, { sides }: { sides: number }) {
      host.command('sides', (ctx) => `${sides} sides, ${ctx.args}`)
      host.bot((ctx) => ctx.reply(`1 of ${sides}`), { triggers: { command: 'roll' } })
    },
  }
  const t = await open({ bots: { dice: { use: dice, sides: 20 } } })
  await t.says('ada', '/roll')
  await t.says('ada', '／sides please') // of a Chinese keyboard
  await t.says('ada', '／unknown')
  expect(t.lines()).toEqual(['ada: /roll', 'dice: 1 of 20', 'ada: ／unknown'])
  expect(t.told('ada')).toEqual(['dice: 20 sides, please'])
})

test('a plugin changes a line on its way, or rejects it', async () => {
  const mild: Middleware = async (ctx, next) => {
    if (ctx.message.text.includes('worst')) ctx.reject('not that')
    ctx.message.text = ctx.message.text.replace('bad', '***')
    await next()
  }
  const t = await open({ plugins: { mild } })
  await t.says('ada', 'a bad day')
  expect(await t.says('ada', 'the worst day')).toBe(0)
  expect(t.lines()).toEqual(['ada: a *** day'])
  expect(t.told('ada')).toEqual(['not that'])
})

test('time stands still until the test lets it pass', async () => {
  const later: Middleware = async (ctx) => {
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    await ctx.reply(new Date().toISOString())
  }
  const t = await open({ bots: { later }, now: Date.UTC(2030, 0, 1) })
  await t.says('ada', 'now?')
  await t.passes(4_999)
  expect(t.lines()).toEqual(['ada: now?'])
  await t.passes(1)
  expect(t.lines()).toEqual(['ada: now?', 'later: 2030-01-01T00:00:05.000Z'])
})

test('a bot’s timer comes with time, and chance is the same for the same seed', async () => {
  const bots = {
    clock: {
      default: (ctx: Parameters<Middleware>[0]) => ctx.reply(String(Math.random())),
      triggers: { timer: '1m' },
    },
  }
  const rolls = async (seed: number) => {
    const t = await testRoom({ bots, seed })
    await t.passes('2m')
    await t.close()
    return t.lines()
  }
  const first = await rolls(7)
  expect(first).toHaveLength(2)
  expect(await rolls(7)).toEqual(first)
  expect(await rolls(8)).not.toEqual(first)
})

test('what a bot stored is there after a restart, and so is what was said', async () => {
  const counter: Middleware = async (ctx) => {
    const count = ((await ctx.store.get<number>('count')) ?? 0) + 1
    await ctx.store.set('count', count)
    await ctx.reply(`${count}`)
  }
  const t = await open({ bots: { counter } })
  await t.says('ada', 'one')
  await t.restart()
  await t.says('ada', 'two')
  expect(t.lines()).toEqual(['ada: one', 'counter: 1', 'ada: two', 'counter: 2'])
})

test('a bot that stores too much is told so here as well', async () => {
  const hoarder: Middleware = async (ctx) => {
    try {
      for (let n = 1; ; n += 1) {
        await ctx.store.set(`page ${n}`, 'x'.repeat(16_000))
        await ctx.store.set(`page ${n}`, 'y'.repeat(16_000)) // in its place
      }
    } catch (error) {
      await ctx.reply(`${(await ctx.store.list()).length} pages, then: ${String(error)}`)
    }
  }
  const t = await open({ bots: { hoarder } })
  await t.says('ada', 'read')
  expect(t.lines().at(-1)).toMatch(/^hoarder: 16 pages, then: RangeError: .* 262144 bytes/)
})

test('edits, recalls, coming and leaving reach the bots', async () => {
  const seen: string[] = []
  const door = {
    default: (ctx: Parameters<Middleware>[0]) => {
      seen.push(`${ctx.trigger?.kind} ${ctx.user.name}`)
    },
    triggers: { join: true, left: true },
  }
  const t = await open({ bots: { door, ping } })
  await t.comes('grace')
  await t.leaves('grace')
  expect(seen).toEqual(['join ada', 'join grace', 'left grace'])
  const seq = await t.says('ada', 'helo')
  await t.edits('ada', seq, 'hello')
  expect(t.lines()).toEqual(['ada: hello'])
  await t.recalls('ada', seq)
  expect(t.lines()).toEqual([])
})

test('what goes wrong is an error of the room, once it is asked for', async () => {
  const t = await open({ bots: { bad: () => Promise.reject(new Error('ouch')) } })
  await t.says('ada', 'hello')
  expect(t.errors()).toEqual([expect.stringMatching(/bot failed.*ouch/)])
  expect(t.errors()).toEqual([])
})

test('closing tells what went wrong that nobody asked for', async () => {
  const t = await testRoom({ bots: { bad: () => Promise.reject(new Error('ouch')) } })
  await t.says('ada', 'hello')
  await expect(t.close()).rejects.toThrow(/went wrong: .*ouch/)
})

test.each<[string, (host: PluginHost) => unknown, RegExp]>([
  ['interval', () => setInterval(() => 'tick', 1_000), /Interval of 1000 ms: \(\) ?=> ?'tick'/],
  ['timeout', () => setTimeout(() => 'late', 90_000), /Timeout of 90000 ms/],
  ['listener', () => process.on('SIGUSR2', left), /listener of process "SIGUSR2"/],
  ['server', () => (server = createServer().listen(0, '127.0.0.1')), /TCPServerWrap/],
])('closing tells of a forgotten %s', async (_, leave, told) => {
  const t = await testRoom({ plugins: { x: setup(leave) } })
  await t.until(() => server === undefined || server.listening)
  await expect(t.close()).rejects.toThrow(told)
  process.off('SIGUSR2', left)
  server?.close()
  server = undefined
})
let server: Server | undefined
const left = () => undefined

test('a bot that cleans up leaves nothing', async () => {
  const tidy = setup((host) => {
    const timer = setInterval(() => undefined, 1_000)
    host.cleanup(() => clearInterval(timer))
  })
  const t = await testRoom({ plugins: { tidy } })
  await expect(t.close()).resolves.toBeUndefined()
})

test('a draft shows while it grows', async () => {
  const poet: Middleware = async (ctx) => {
    const draft = ctx.stream()
    draft.write('once')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    draft.write(' upon a time')
    await draft.end()
  }
  const t = await open({ bots: { poet } })
  await t.says('ada', 'a tale')
  expect(t.drafts()).toEqual(['poet: once'])
  await t.passes('1s')
  expect(t.lines()).toEqual(['ada: a tale', 'poet: once upon a time'])
})

test('wrong settings are told before anybody speaks, and the clocks are the machine’s again', async () => {
  const plugin = { ...setup(() => undefined), config: { n: { type: 'int', help: 'A number' } } }
  await expect(testRoom({ plugins: { x: { use: plugin, n: 'many' } } })).rejects.toThrow(/n .*many/)
  expect(Date.now()).toBeGreaterThan(Date.UTC(2026, 0, 2))
})

test('there is one room at a time', async () => {
  await open({})
  await expect(testRoom()).rejects.toThrow(/open already/)
})
