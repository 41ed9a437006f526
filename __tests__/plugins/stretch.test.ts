import { BroadcastChannel, Worker } from 'node:worker_threads'
import { expect, jest, test } from '@jest/globals'
import { lobby, UP_AGAIN } from './users-code.js'

/** Lines that go through several plugins of one worker. */

const quiet = 'export default async (ctx, next) => { await next() }'
const ends = (mark: string) => `export default async (ctx, next) => {
  if (ctx.message.text.endsWith('!')) ctx.message.text += '${mark}'
  await next()
}`

test('ten plugins that leave a line as it is cost one way there and back, and one to tell of it', async () => {
  const plugins = Array.from({ length: 10 }, (_, n) => [`plugin:p${n}`, quiet])
  const limits = { own: 20_000, missedBeats: 400 } // also on a machine that has no time for a worker
  const { says, plugins: loaded } = await lobby(Object.fromEntries(plugins), { limits })
  const sent = jest.spyOn(Worker.prototype, 'postMessage')
  const heard = jest.spyOn(Worker.prototype, 'emit')

  for (let n = 0; n < 20; n++) await says(`line ${n}`)
  await loaded.idle()

  const typesOf = (calls: readonly (readonly unknown[])[], at: number) =>
    calls.map((call) => Object(call[at]).type).filter((type) => !['ping', 'pong'].includes(type))
  expect(typesOf(sent.mock.calls, 0).length).toBe(40)
  const said = heard.mock.calls.filter(([event]) => event === 'message')
  expect(typesOf(said, 1).length).toBe(40)
  jest.restoreAllMocks()
})

test('they follow each other in the order of their sections, wherever each one runs', async () => {
  const { room, says } = await lobby(
    {
      'plugin:a': ends('!a!'),
      'plugin:b': ends('!b!'),
      'plugin:here': ends('!here!'),
      'plugin:apart': ends('!apart!'),
      'plugin:c': ends('!c!'),
    },
    { settingsOf: { 'plugin:here': { isolate: 'none' }, 'plugin:apart': { isolate: 'own' } } },
  )

  await says('go!')
  await says('calm')

  expect(room.lines()).toEqual(['ada: go!!a!!b!!here!!apart!!c!', 'ada: calm'])
})

test('one knows whom the text calls that one before it has written', async () => {
  const { room, says } = await lobby({
    'plugin:a': `export default (ctx) => { ctx.message.text = '@bot' }`,
    'plugin:b': `export default (ctx) => { ctx.message.text += ctx.message.mentions.length }`,
    'bot:bot': quiet,
  })

  await says('hello')

  expect(room.lines()).toEqual(['ada: @bot1'])
})

test('what one of them rejects goes no further, and those before it see it', async () => {
  const { room, says, logged } = await lobby({
    'plugin:log': `export default async (ctx, next) => {
      await next().catch((error) => ctx.log.info('refused: ' + error.message))
    }`,
    'plugin:quiet': quiet,
    'plugin:strict': `export default (ctx) => { if (ctx.message.text === 'spam') ctx.reject('No spam.') }`,
    'plugin:late': `export default (ctx) => { ctx.log.info('late saw ' + ctx.message.text) }`,
  })

  await expect(says('spam')).rejects.toMatchObject({ details: { sentence: 'No spam.' } })
  await logged('refused: No spam.')
  await says('ham')
  await logged('late saw ham')

  expect(room.lines()).toEqual(['ada: ham'])
})

const broken = {
  throws: `throw new Error('boom')`,
  'changes the text and throws': `ctx.message.text = 'half'; throw new Error('boom')`,
  hangs: 'await new Promise(() => {})',
  'hangs after next': 'await next(); await new Promise(() => {})',
  'throws after next': `await next(); throw new Error('boom')`,
  'calls next twice': 'await next(); await next()',
  'keeps the worker busy for ever': 'for (;;);',
  'ends the worker': 'process.exit(1)',
}

test.each(Object.entries(broken))(
  'one that %s costs neither the line nor what the others make of it, and is blamed alone',
  async (_, code) => {
    const { room, says, logged, entries } = await lobby({
      'plugin:a': ends('a!'),
      'plugin:quiet': quiet,
      'plugin:bad': `export default async (ctx, next) => {
        if (ctx.message.text.startsWith('bad')) { ${code} } else await next()
      }`,
      'plugin:b': ends('b!'),
    })

    await says('bad!')
    await logged(
      code.includes('next()') ? 'plugin failed after next()' : 'plugin failed: the message goes on',
    )
    if (code.includes('exit') || code.includes(';;')) await logged(UP_AGAIN, 2) // its own too
    await says('good!')

    const [bad, good] = room.lines()
    expect(bad).toMatch(/^ada: bad!a!(b!)?$/)
    expect(good).toBe('ada: good!a!b!')
    const blamed = entries.filter(({ msg }) => String(msg).startsWith('plugin failed'))
    expect(blamed.map(({ plugin }) => plugin)).toEqual(['plugin:bad'])
  },
)

test('each has its own time: a quick one around a slow one is not blamed', async () => {
  const slow = `import { BroadcastChannel } from 'node:worker_threads'
  export default async (ctx, next) => {
    const channel = new BroadcastChannel('${GO_ON}')
    ctx.log.info('begun')
    await new Promise((resolve) => (channel.onmessage = resolve))
    channel.close()
    await next()
  }`
  const { room, says, log, logged } = await lobby(
    { 'plugin:a': quiet, 'plugin:b': slow, 'plugin:c': quiet },
    {
      limits: { own: 60_000, missedBeats: 400 },
      settingsOf: { 'plugin:a': { timeout: '20s' } },
    },
  )

  jest.useFakeTimers({ doNotFake: ['setImmediate', 'setInterval', 'nextTick', 'queueMicrotask'] })
  const said = says('hello')
  await logged('begun')
  await jest.advanceTimersByTimeAsync(40_000) // longer than the quick one may take
  jest.useRealTimers()
  const channel = new BroadcastChannel(GO_ON)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  channel.postMessage('')
  await said
  channel.close()

  expect(room.lines()).toEqual(['ada: hello'])
  expect(log.filter((line) => line.startsWith('plugin failed'))).toEqual([])
})

const GO_ON = 'the slow one goes on'

test('one that fails five times in a row rests, the others do not', async () => {
  const { room, says, entries } = await lobby({
    'plugin:a': ends('a'),
    'plugin:bad': `export default (ctx) => { ctx.log.info('try'); throw new Error('boom') }`,
  })

  for (let n = 0; n < 8; n++) await says('hello!')

  expect(room.lines()).toEqual(Array.from({ length: 8 }, () => 'ada: hello!a'))
  expect(entries.filter(({ msg }) => msg === 'try')).toHaveLength(5)
})
