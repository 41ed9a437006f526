import { expect, test } from '@jest/globals'
import { en } from '../../src/i18n/en.js'
import { ada } from '../bots/world.js'
import { lobby, UP_AGAIN } from './users-code.js'

test('a module of three lines changes messages', async () => {
  const { room, says } = await lobby({
    'plugin:shout': `export default async (ctx, next) => {
      ctx.message.text = ctx.message.text.toUpperCase()
      await next()
    }`,
  })

  await says('hello')

  expect(room.lines()).toEqual(['ada: HELLO'])
})

test('a module of three lines answers messages, as itself, after they are delivered', async () => {
  const { room, says } = await lobby({
    'plugin:ponger': `export default async (ctx, next) => {
      await next()
      if (ctx.message.text === 'ping') await ctx.reply('pong to ' + ctx.message.id)
    }`,
  })

  await says('ping')
  await room.until(() => room.events.length === 2)

  expect(room.lines()).toEqual(['ada: ping', 'ponger: pong to 1'])
  expect(room.events[1]).toMatchObject({ cause: 1, hop: 1 })
})

test('a function in a bot section is a bot: it sees who is here and what was said', async () => {
  const { room, says } = await lobby({
    'bot:count': `export default async (ctx) => {
      const members = await ctx.room.members()
      const lines = await ctx.room.history(10)
      await ctx.reply([ctx.bot.name, ctx.user.name, members.length, lines.at(-1).text].join(' '))
    }`,
  })

  await says('@count how many?')
  await room.until(() => room.events.length === 2)

  expect(room.lines().at(-1)).toBe('count: count ada 2 @count how many?')
})

test('what it rejects reaches the sender', async () => {
  const { room, says } = await lobby({
    'plugin:strict': `export default (ctx) => { if (ctx.message.text === 'spam') ctx.reject('No spam.') }`,
  })

  await expect(says('spam')).rejects.toMatchObject({
    code: 'denied',
    details: { sentence: 'No spam.' },
  })
  await says('ham')
  expect(room.lines()).toEqual(['ada: ham'])
})

test('plugins of one worker share the state of a message', async () => {
  const { room, says } = await lobby({
    'plugin:a': `export default async (ctx, next) => { ctx.state.mood = 'happy'; await next() }`,
    'plugin:b': `export default (ctx) => { ctx.message.text += ' and ' + ctx.state.mood }`,
  })

  await says('warm')

  expect(room.lines()).toEqual(['ada: warm and happy'])
})

test('settings, commands and nicknames work there too', async () => {
  const module = `export default {
    name: 'dice', api: 1,
    config: { sides: { type: 'int', default: 6, help: 'sides' } },
    setup(host, config) {
      host.command('roll', (ctx, args) => 'd' + config.sides + ' for ' + ctx.user.name + args)
      host.nickname(({ taken }) => ['Robin', 'Wren', 'Finch'].find((name) => !taken(name)))
    },
  }`
  const { room, plugins } = await lobby({ 'plugin:dice': module }, { settings: { sides: '20' } })

  const roll = plugins.commands.get('roll', 'lobby', () => 'on')?.command
  expect(
    await roll?.({ room, user: ada, cid: 'line-1', line: '/roll !', args: '!', lang: 'en' }),
  ).toBe('d20 for ada!')
  expect(await plugins.nickname('en', (name) => name === 'Robin')).toBe('Wren')
})

test('it has no environment, and its console goes to the log, cut', async () => {
  const { room, says, entries, logged } = await lobby({
    'plugin:nosy': `console.log('x'.repeat(1000))
      export default (ctx) => { ctx.message.text = JSON.stringify(process.env) }`,
  })

  await says('?')
  await logged('plugin console')

  expect(room.lines()).toEqual(['ada: {}'])
  expect(entries).toContainEqual(expect.objectContaining({ stdout: 'x'.repeat(200) }))
})

const TROUBLE = `export default async (ctx, next) => {
  if (ctx.message.text === 'loop') for (;;);
  if (ctx.message.text === 'exit') process.exit(1)
  if (ctx.message.text === 'throw later') { setTimeout(() => { throw new Error('later') }); await new Promise(() => {}) }
  if (ctx.message.text === 'hog') for (const hog = []; ; ) hog.push(new Array(1e5).fill(hog.length))
  if (ctx.message.text === 'buffers') for (const all = []; ; ) all.push(Buffer.alloc(1e6, 1))
  if (ctx.message.text === 'float') void Promise.reject(new Error('nobody awaits me'))
  if (ctx.message.text === 'clone') ctx.log.info('odd', { f: () => 1 })
  await next()
  if (ctx.message.text === 'hello') await ctx.reply('hello yourself')
}`

test.each(['loop', 'exit', 'throw later', 'hog', 'buffers'])(
  'a plugin that does "%s" takes its worker down, not the room, and works again',
  async (trouble) => {
    const { room, says, logged } = await lobby(
      { 'plugin:trouble': TROUBLE },
      { limits: { heapMb: 24, outsideMb: 100 } },
    )

    await says(trouble)
    await says('meanwhile')
    await logged(UP_AGAIN)
    await says('hello')
    await room.until(() => room.lines().includes('trouble: hello yourself'))

    expect(room.lines().slice(0, 3)).toEqual([`ada: ${trouble}`, 'ada: meanwhile', 'ada: hello'])
  },
)

test('a promise that nobody awaits and a log of odd things cost nothing', async () => {
  const { room, says, log } = await lobby({ 'plugin:trouble': TROUBLE })

  await says('float')
  await says('clone')
  await says('hello')
  await room.until(() => room.events.length === 4)

  expect(log).not.toContain("the plugins' worker ended")
  expect(log).toContainEqual(
    expect.stringMatching(
      /^unhandled rejection: nobody awaits me \(0\.mjs:\d+; is an await missing\?\)$/,
    ),
  )
})

test('of ten thousand refusals that nobody awaits the log has a few', async () => {
  const { says, log, logged } = await lobby({
    'bot:loose': `export default (ctx) => {
      for (let n = 0; n < 10_000; n++) void ctx.reply("again").then(() => undefined)
      setImmediate(() => ctx.log.info('over'))
    }`,
  })

  await says('@loose go')
  await logged('over')

  const unawaited = log.filter((line) => line.startsWith('unhandled rejection'))
  expect(unawaited.length).toBeGreaterThan(0)
  expect(unawaited.length).toBeLessThan(150)
})

test('what hangs there is told so, and gives up waiting', async () => {
  const { room, says, logged } = await lobby({
    'plugin:slow': `export default async (ctx, next) => {
      ctx.signal.addEventListener('abort', () => ctx.log.info('I was stopped'))
      await new Promise(() => {})
    }`,
  })

  await says('hello')
  await logged('I was stopped')

  expect(room.lines()).toEqual(['ada: hello'])
})

test('floods stay there: of replies, of questions and of lines in the log', async () => {
  const code = `export default async (ctx) => {
      let [looks, replies] = [0, 0]
      const big = 'x'.repeat(999_000)
      for (let n = 0; n < 1000; n++) {
        ctx.room.history(1).catch(() => (looks += 1))
        ctx.reply(big + n).catch(() => (replies += 1))
        ctx.log.info('line ' + n)
      }
      await new Promise((resolve) => setTimeout(resolve, 1100))
      ctx.log.warn('refused: ' + (looks >= 900 && replies >= 950))
      throw new Error('enough')
    }`
  const patient = { limits: { missedBeats: 300 } } // it is busy, not dead
  const { room, says, logged, entries } = await lobby({ 'bot:flood': code }, patient)
  await says('@flood go')
  await logged('refused: true')
  await logged('bot failed')

  // Fifty a second, however many seconds the loop takes here; the rest is counted.
  const lines = entries.filter(({ msg }) => String(msg).startsWith('line'))
  const leftOut = entries.map(({ details }) => Number(Object(details).leftOut ?? 0))
  expect(lines.length).toBeLessThan(500)
  expect(lines.length + leftOut.reduce((sum, one) => sum + one, 0)).toBe(1000)
  expect(room.events[1]?.data).toMatch(/^x+… \(too long/)
})

test('a bot waits for its worker to come up again', async () => {
  const { room, says, logged } = await lobby({
    'bot:phoenix': `export default async (ctx) => {
      if (ctx.message.text.includes('die')) process.exit(1)
      await ctx.reply('I am back')
    }`,
  })

  await says('@phoenix die')
  await logged("the plugins' worker ended")
  await says('@phoenix hello')
  await room.until(() => room.lines().includes('phoenix: I am back'))

  expect(room.lines()).toContain(`phoenix: ${en.bots.failed}`) // to the line that it died of
})

test('a worker of its own keeps the others out of its trouble', async () => {
  const shout = `export default (ctx) => { ctx.message.text += '!' }`
  const { room, says, logged, plugins } = await lobby(
    { 'plugin:trouble': TROUBLE, 'plugin:shout': shout },
    { settings: { isolate: 'own' } },
  )

  await says('exit')
  await says('meanwhile')
  await logged(UP_AGAIN)

  expect(plugins.steps).toEqual([
    'plugin:trouble (own worker, 300ms)',
    'plugin:shout (own worker, 300ms)',
  ])
  expect(room.lines()).toEqual(['ada: exit!', 'ada: meanwhile!'])
})

test('one that waits for ever in its setup is told so, and keeps nobody waiting meanwhile', async () => {
  const never = `export default { api: 1, setup: () => new Promise(() => {}) }`
  const loading = lobby({ 'plugin:never': never }, { limits: { setup: 300 } })

  await expect(loading).rejects.toThrow(/it was not ready after 0.3 s/)
})

test('a text that nobody could read is refused where it is made, before it costs anything', async () => {
  const { room, says, logged } = await lobby({
    'bot:huge': `export default async (ctx) => {
      await ctx.reply('x'.repeat(10_000_000)).catch(({ message }) => ctx.reply(message))
      ctx.stream().write('x'.repeat(10_000_000))
    }`,
  })

  await says('@huge hello')

  await logged('bot failed')
  expect(room.lines()).toContain(
    'huge: ctx.reply(text): text has 10000000 characters, and more than 1000000 are not taken; a message shows a few thousand',
  )
})

test('cleanups run when the server closes', async () => {
  const { plugins, logged } = await lobby({
    'plugin:tidy': `export default { name: 'tidy', api: 1, setup(host) {
      host.cleanup(() => host.log.info('cleaned up'))
      setInterval(() => {}, 1000)
    } }`,
  })

  await plugins.close()

  await logged('cleaned up')
})

test('a bot that takes a core for long rests: what comes then waits, and goes with the server', async () => {
  const code = `export default async (ctx) => {
    const until = performance.now() + 200
    while (performance.now() < until);
    ctx.log.info('turn of ' + ctx.message.text)
  }`
  const limits = { spree: 50, share: 0.000_1, beat: 5_000 } // busy, not late
  const { room, says, log, bots, logged } = await lobby({ 'bot:burner': code }, { limits })
  await says('@burner one')
  await logged('turn of @burner one')
  await says('@burner two')
  await logged('bot takes much of the processor: its turns wait')

  const [about] = await bots.about(room, { inside: true, lang: 'en' })
  expect([about?.state, about?.last_error?.kind]).toEqual(['resting', 'processor'])
  expect(log).not.toContain('turn of @burner two')
})

test('a bot there says what is left for somebody, and what is none of that is not shown', async () => {
  const counts = (rest: string) => `export default { api: 1, setup(host) {
    host.bot(() => {}, { rest: ({ room, person }) => (${rest}) })
  } }`
  const left = `[{ of: 'person', what: 'answers', in: 'day', left: person, limit: room.length }]`
  const { room, bots, logged } = await lobby({
    'bot:sage': counts(left),
    'bot:liar': counts(`[{ of: 'the moon', left: () => 1 }]`),
  })

  const told = await bots.about(room, { inside: false, lang: 'en', asker: ada.id })
  await logged('bot could not say what is left')
  expect(told.map(({ rest }) => rest)).toEqual([
    [{ of: 'person', what: 'answers', in: 'day', left: ada.id, limit: room.name.length }],
    undefined,
  ])
})
