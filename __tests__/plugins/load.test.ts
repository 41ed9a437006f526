import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Section } from '../../src/config.js'
import { StartError } from '../../src/errors.js'
import type { PluginLimits } from '../../src/plugins/limits.js'
import { loadPlugins, type Plugins } from '../../src/plugins/load.js'
import { definePlugin, type Middleware } from '../../src/plugin.js'
import { ada, identities, testLog, TestRoom } from '../bots/world.js'

let folder = ''
let plugins: Plugins | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-room-plugins-'))
})
afterEach(async () => {
  await plugins?.close()
  plugins = undefined
  await rm(folder, { recursive: true })
})

const section = (
  kind: Section['kind'],
  name: string,
  use: string,
  settings: Section['settings'] = {},
  more: Partial<Section> = {},
): Section => ({ kind, name, use, rooms: [], settings, lines: {}, ...more })

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return path
}

/** Loads sections of config.ini in the test's folder; `builtins` stand for the server's own. */
async function load(
  sections: Section[],
  more: { limits?: Partial<PluginLimits>; builtins?: Record<string, unknown> } = {},
) {
  const { log, said, lines } = testLog()
  const builtins = Object.fromEntries(
    Object.entries(more.builtins ?? {}).map(([name, module]) => [name, async () => module]),
  )
  const loaded = await loadPlugins(sections, {
    configFile: join(folder, 'config.ini'),
    dataDir: folder,
    lang: 'en',
    log,
    builtins,
    limits: { restart: 0, ...more.limits },
  })
  plugins = loaded
  const room = new TestRoom()
  const deliver = (say: Parameters<typeof loaded.chain.run>[0]) =>
    loaded.chain.run(say, (data) => room.store({ ...say, data }))
  loaded.open({ deliver, identify: identities() })
  let count = 0
  const says = (data: string, cid = `line-${(count += 1)}`) =>
    deliver({ room, user: ada, cid, data, lang: 'en' })
  return { plugins: loaded, room, says, logged: said, log: lines, deliver }
}

const faultsOf = async (sections: Section[], builtins: Record<string, unknown> = {}) => {
  const error = await load(sections, { builtins }).catch((error: unknown) => error)
  if (!(error instanceof StartError)) throw error
  expect(error.exitCode).toBe(78)
  return error.faults
}

const middleware = (run: Middleware) => ({ default: run })

describe('finding a plugin', () => {
  test('a module with a function is middleware in a plugin section and a bot in a bot section', async () => {
    const use = await file('x.mjs', 'export default async (ctx, next) => { await next() }')
    const { plugins } = await load([section('plugin', 'x', use), section('bot', 'y', './x.mjs')])

    expect(plugins.steps).toEqual([
      'plugin:x (worker, 2s)',
      'bot:y (worker, answers after delivery)',
    ])
    expect(plugins.bots).toMatchObject([{ name: 'y', hear: 'auto', timeout: 30_000 }])
  })

  test('an npm package is found beside the configuration, also one for import alone', async () => {
    const folder = 'node_modules/chat-room-plugin-shout'
    await file(
      `${folder}/package.json`,
      '{"type":"module","exports":{".":{"import":"./shout.js"}}}',
    )
    await file(`${folder}/shout.js`, 'export default (ctx) => { ctx.message.text += "!" }')
    const { says, room } = await load([section('plugin', 'loud', 'shout')])

    await says('hello')

    expect(room.lines()).toEqual(['ada: hello!'])
  })

  test('without middleware the chain is empty', async () => {
    const names = definePlugin({
      name: 'names',
      api: 1,
      setup: (host) => host.nickname(() => 'Robin'),
    })
    const { plugins } = await load([section('plugin', 'names', 'names')], {
      builtins: { names: { names } },
    })

    expect(plugins.chain.empty).toBe(true)
    expect(await plugins.nickname('en', () => false)).toBe('Robin')
    expect(await plugins.nickname('en', (name) => name === 'Robin')).toMatch(/^Guest\d+$/)
  })

  test('what cannot be loaded is told with its line, all of it at once', async () => {
    await file('broken.mjs', 'export default (')
    await file('bot.ts', 'export default (ctx: unknown) => ctx')
    await file('number.mjs', 'export default 42')
    await file('throws.mjs', 'export default { api: 1, setup() { throw new Error("no key") } }')

    expect(
      await faultsOf([
        section('plugin', 'a', 'nowhere', {}, { lines: { use: 3 } }),
        section('plugin', 'b', './none.js', {}, { line: 5 }),
        section('bot', 'c', './bot.ts', { isolate: 'none' }),
        section('plugin', 'd', './broken.mjs'),
        section('plugin', 'e', './number.mjs'),
      ]),
    ).toEqual([
      expect.stringMatching(
        /^config\.ini:3: \[plugin:a\] use = nowhere: .*chat-room-plugin-nowhere/,
      ),
      expect.stringMatching(/^config\.ini:5: \[plugin:b\] .*there is no file .*none\.js/),
      expect.stringMatching(/^\[bot:c\] .*TypeScript/),
      expect.stringMatching(/^\[plugin:d\] .*cannot be loaded: broken\.mjs:1: SyntaxError/),
      expect.stringMatching(/^\[plugin:e\] .*default export/),
    ])
    expect(await faultsOf([section('plugin', 'f', './throws.mjs')])).toEqual([
      '[plugin:f] use = ./throws.mjs: the plugin failed to start: throws.mjs:1: no key. Mend it, or write required = no to go on without it.',
    ])
    expect(
      await faultsOf([section('bot', 'g', 'names')], {
        names: { default: { api: 1, setup() {} } },
      }),
    ).toEqual([
      '[bot:g] use = names: there is no bot in this plugin. Please call the section [plugin:g].',
    ])
  })

  test('what the host can do without is a warning', async () => {
    await file('exits.mjs', 'process.exit(3)')
    await file('loud.mjs', 'export default (ctx) => { ctx.message.text += "!" }')
    const { says, room, log } = await load([
      section('plugin', 'exits', './exits.mjs', { required: 'no' }),
      section('plugin', 'loud', './loud.mjs'),
    ])

    await says('hello')

    expect(room.lines()).toEqual(['ada: hello!'])
    expect(log).toContainEqual(expect.stringContaining('[plugin:exits] use = ./exits.mjs'))
  })
})

describe('settings', () => {
  const greedy = definePlugin({
    name: 'greedy',
    api: 1,
    config: {
      words: { type: 'list', required: true, help: 'words that are masked' },
      count: { type: 'int', min: 1, max: 9, default: 3, help: 'how many' },
      every: { type: 'duration', default: 1_000, help: 'how often' },
      style: { type: 'enum', values: ['star', 'dash'], help: 'how' },
      mask: { type: 'bool', help: 'whether' },
      url: { type: 'url', help: 'where' },
      token: { type: 'secret', min: 8, help: 'with what' },
    },
    setup(host, config) {
      host.use((ctx) => {
        ctx.message.text = JSON.stringify(config)
      })
    },
  })

  test('are read by the types of the plugin, with its defaults', async () => {
    const settings = { words: '坏话, bad', every: '2m', mask: 'yes', style: 'dash', hear: 'all' }
    const { says, room } = await load([section('plugin', 'g', 'greedy', settings)], {
      builtins: { greedy: { greedy } },
    })

    await says('?')

    expect(JSON.parse(room.events[0]?.data ?? '')).toEqual({
      words: ['坏话', 'bad'],
      count: 3,
      every: 120_000,
      style: 'dash',
      mask: true,
    })
  })

  test('that are wrong are told all at once, with section, key, line and the nearest known key', async () => {
    const settings = {
      count: '12',
      every: 'often',
      style: 'wavy',
      mask: 'maybe',
      url: ['http://a', 'http://b'],
      token: 'hunter2',
      wrods: 'bad',
      isolate: 'maybe',
    }
    const lines = {
      count: 4,
      every: 5,
      style: 6,
      mask: 7,
      url: 8,
      token: 9,
      wrods: 10,
      isolate: 11,
    }
    const faults = await faultsOf(
      [section('plugin', 'g', 'greedy', settings, { lines, line: 2 })],
      {
        greedy: { greedy },
      },
    )

    expect(faults.toSorted()).toEqual(
      [
        'config.ini:10: [plugin:g] has no key "wrods". Did you mean "words"?',
        'config.ini:11: [plugin:g] isolate must be one of worker, own, none, not "maybe".',
        'config.ini:2: [plugin:g] lacks "words": words that are masked. Please add a line words[] = …',
        'config.ini:4: [plugin:g] count must be a whole number (1 to 9), not "12".',
        'config.ini:5: [plugin:g] every must be a time like 500ms, 10s or 2m, not "often".',
        'config.ini:6: [plugin:g] style must be one of star, dash, not "wavy".',
        'config.ini:7: [plugin:g] mask must be yes or no, not "maybe".',
        'config.ini:8: [plugin:g] url must be a single value, not "http://a,http://b".',
        'config.ini:9: [plugin:g] token must have the right number of characters (at least 8).',
      ].toSorted(),
    )
  })

  test('of every section are the host’s word over the plugin’s', async () => {
    const bird = definePlugin({
      name: 'bird',
      api: 1,
      setup: (host) => host.bot((ctx) => ctx.reply('hi'), { hear: 'all', aliases: ['Birdie'] }),
    })
    const settings = { hear: 'mention', alias: ['小小鸟'], hear_bots: 'yes', timeout: '5s' }
    const { plugins } = await load([section('bot', 'b', 'bird', settings, { rooms: ['dev'] })], {
      builtins: { bird: { default: bird } },
    })

    expect(plugins.bots).toMatchObject([
      { hear: 'mention', aliases: ['小小鸟'], hearBots: true, timeout: 5_000, rooms: ['dev'] },
    ])
  })
})

describe('the chain around a message', () => {
  test('follows the order of the sections, and back again', async () => {
    const order: string[] = []
    const step = (name: string) =>
      middleware(async (ctx, next) => {
        order.push(`${name} ${ctx.message.id}`)
        ctx.message.text += name
        await next()
        order.push(`${name} ${ctx.message.id}`)
      })
    const { says, room, plugins } = await load(
      [section('plugin', 'a', 'a'), section('plugin', 'b', 'b')],
      { builtins: { a: step('a'), b: step('b') } },
    )

    await says('x')
    await plugins.close()

    expect(room.lines()).toEqual(['ada: xab'])
    expect(order).toEqual(['a 0', 'b 0', 'b 1', 'a 1'])
  })

  test('works in the rooms of its section alone', async () => {
    const { says, room } = await load([section('plugin', 'a', 'a', {}, { rooms: ['dev'] })], {
      builtins: { a: middleware((ctx) => void (ctx.message.text = 'changed')) },
    })

    await says('hello')

    expect(room.lines()).toEqual(['ada: hello'])
  })

  test('what a plugin rejects reaches its sender as its sentence, and nobody else', async () => {
    const seen: string[] = []
    const { says, room } = await load(
      [section('plugin', 'log', 'log'), section('plugin', 'no', 'no')],
      {
        builtins: {
          log: middleware(async (_ctx, next) => {
            await next().catch(() => seen.push('refused'))
          }),
          no: middleware(
            (ctx) => ctx.message.text.includes('spam') && ctx.reject('No spam, please.'),
          ),
        },
      },
    )

    await expect(says('buy spam')).rejects.toMatchObject({
      code: 'denied',
      details: { sentence: 'No spam, please.' },
    })
    await says('hello')
    expect(room.lines()).toEqual(['ada: hello'])
    expect(seen).toEqual(['refused'])
  })

  test('what the store refuses is refused, whatever plugins make of it', async () => {
    const { plugins, room } = await load([section('plugin', 'a', 'a')], {
      builtins: { a: middleware((_ctx, next) => void next()) },
    })
    const full = new Error('disk is full')

    const say = { room, user: ada, cid: 'line-1', data: 'hello', lang: 'en' as const }
    await expect(plugins.chain.run(say, () => Promise.reject(full))).rejects.toBe(full)
  })

  const broken: Record<string, Middleware> = {
    throws: () => {
      throw new Error('boom')
    },
    rejects: () => Promise.reject(new Error('boom')),
    'changes the text and throws': (ctx) => {
      ctx.message.text = 'half done'
      throw new Error('boom')
    },
    'leaves no text': (ctx) => {
      ctx.message.text = '  '
    },
    hangs: () => new Promise(() => undefined),
    'hangs after next': async (_ctx, next) => {
      await next()
      await new Promise(() => undefined)
    },
    'throws after next': async (_ctx, next) => {
      await next()
      throw new Error('boom')
    },
    'calls next twice': async (_ctx, next) => {
      await next()
      await next()
    },
    'calls next twice at once': (_ctx, next) => Promise.all([next(), next()]),
    'forgets to await next': (_ctx, next) => {
      void next()
    },
    'never calls next': () => undefined,
    'rejects too late': async (ctx, next) => {
      await next()
      ctx.reject('too late')
    },
    'changes the text too late': async (ctx, next) => {
      await next()
      ctx.message.text = 'too late'
    },
  }

  test.each(Object.keys(broken))('a plugin that %s costs no message', async (name) => {
    const fine = middleware(async (ctx, next) => {
      ctx.message.text += '!'
      await next()
    })
    const module = middleware(broken[name] ?? fine.default)
    const { says, room, plugins } = await load(
      [
        section('plugin', 'a', 'fine'),
        section('plugin', 'b', 'broken'),
        section('plugin', 'c', 'fine'),
      ],
      { builtins: { broken: module, fine }, limits: { own: 30 } },
    )

    await says('hello')
    await says('again')
    await plugins.close()

    expect(room.lines()).toEqual(['ada: hello!!', 'ada: again!!'])
  })

  test('a plugin is not blamed for the time of those behind it', async () => {
    const { says, room, log } = await load(
      [section('plugin', 'quick', 'quick'), section('plugin', 'hangs', 'hangs')],
      {
        builtins: {
          quick: {
            default: {
              api: 1,
              setup: (host: { use(m: Middleware, o: object): void }) =>
                host.use((_ctx, next) => next(), { timeout: 20 }),
            },
          },
          hangs: middleware(() => new Promise(() => undefined)),
        },
        limits: { own: 60 },
      },
    )

    await says('hello')

    expect(room.lines()).toEqual(['ada: hello'])
    expect(log.filter((line) => line.startsWith('plugin failed'))).toHaveLength(1)
  })

  test('one that fails five times in a row rests', async () => {
    let tries = 0
    const { says } = await load([section('plugin', 'a', 'a')], {
      builtins: {
        a: middleware(() => {
          tries += 1
          throw new Error('boom')
        }),
      },
    })

    for (let n = 0; n < 8; n++) await says('hello')

    expect(tries).toBe(5)
  })

  test('a plugin replies as a bot named after its section, and does not hear itself', async () => {
    const { says, room, plugins } = await load([section('plugin', 'ponger', 'ponger')], {
      builtins: {
        ponger: middleware(async (ctx, next) => {
          await next()
          if (ctx.message.text.startsWith('ping')) await ctx.reply('ping yourself')
        }),
      },
    })

    await says('ping')
    await says('ping')
    await room.until(() => room.events.length === 4)
    await plugins.close() // an answer to itself would be on its way

    expect(room.lines().toSorted()).toEqual([
      'ada: ping',
      'ada: ping',
      'ponger: ping yourself',
      'ponger: ping yourself',
    ])
    expect(room.events.filter(({ user }) => user.name === 'ponger')).toMatchObject([
      { user: { id: -1, kind: 'bot' }, cause: 1, hop: 1 },
      { cause: 2, hop: 1 },
    ])
  })

  test('what the server closes is undone last first', async () => {
    const undone: string[] = []
    const tidy = definePlugin({
      name: 'tidy',
      api: 1,
      setup(host) {
        host.signal.addEventListener('abort', () => undone.push('signal'))
        host.cleanup(() => undone.push('first'))
        host.cleanup(() => undone.push('second'))
      },
    })
    const { plugins } = await load([section('plugin', 'tidy', 'tidy')], {
      builtins: { tidy: { tidy } },
    })

    await plugins.close()

    expect(undone).toEqual(['signal', 'second', 'first'])
  })
})

describe('commands', () => {
  const dice = definePlugin({
    name: 'dice',
    api: 1,
    setup(host) {
      host.command('Roll', (_ctx, args) => `you rolled ${args}`)
      host.command('no', (ctx) => ctx.reject('Not here.'))
      host.command('broken', () => {
        throw new Error('boom')
      })
    },
  })

  test('answer their sender, and a broken one says that it did nothing', async () => {
    const { plugins, room } = await load([section('plugin', 'dice', 'dice')], {
      builtins: { dice: { dice } },
    })
    const call = (name: string) =>
      plugins.commands
        .get(name, 'lobby', () => 'on')
        ?.command({
          room,
          user: ada,
          cid: 'line-1',
          line: `/${name} 6`,
          args: '6',
          lang: 'en',
        })

    expect(await call('roll')).toBe('you rolled 6')
    expect(await call('no')).toBe('Not here.')
    expect(await call('broken')).toMatch(/went wrong/)
    expect(room.lines()).toEqual([])
  })
})

test('a path in a setting is relative to config.ini', async () => {
  const paths: unknown[] = []
  const reads = {
    name: 'reads',
    api: 1 as const,
    config: { brain: { type: 'list' as const, path: true, help: 'files' } },
    setup: (_host: unknown, { brain }: { brain?: unknown }) => void paths.push(brain),
  }
  await load([section('plugin', 'reads', 'reads', { brain: 'a.txt, /b.txt' })], {
    builtins: { reads: { reads } },
  })
  expect(paths).toEqual([[join(folder, 'a.txt'), '/b.txt']])
})
