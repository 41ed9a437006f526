import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Section } from '../../src/config.js'
import { loadPlugins, type Plugins } from '../../src/plugins/load.js'
import { ada, testLog, TestRoom } from '../bots/world.js'

/** Versions of one module, one after the other, while messages come. */

let folder = ''
let plugins: Plugins | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-room-reload-'))
})
afterEach(async () => {
  await plugins?.close()
  await rm(folder, { recursive: true })
})

async function house(settings: Section['settings'] = {}) {
  const { log, lines, said } = testLog()
  const limits = { cleanup: 200, setup: 2_000 }
  const opened = await loadPlugins([], { dataDir: folder, lang: 'en', log, limits })
  plugins = opened
  const use = join(folder, 'mark.mjs')
  const section: Section = { kind: 'plugin', name: 'mark', use, rooms: [], settings, lines: {} }
  const room = new TestRoom()
  let count = 0
  const says = async (data: string) => {
    count += 1
    const say = { room, user: ada, cid: `line-${count}`, data, lang: 'en' as const }
    await opened.chain.run(say, (data) => room.store({ ...say, data }))
    return room.events.at(-1)?.data
  }
  /** Brings another version, and lets it take its place. */
  const saves = async (code: string) => {
    await writeFile(use, code)
    return (await opened.bring(section)).takePlace()
  }
  /** What becomes of a line. */
  const hello = () => says('hello')
  return { plugins: opened, section, lines, said, says, saves, hello }
}

const marks = (mark: string) => `export default (ctx) => { ctx.message.text += '${mark}' }`

test.each(['worker', 'own', 'none'])(
  'with isolate = %s the newest version works',
  async (isolate) => {
    const { saves, hello } = await house({ isolate })

    expect(await saves(marks('1'))).toBeUndefined()
    expect(await hello()).toBe('hello1')
    if (isolate === 'none') return // Node keeps what its own loader has loaded

    const before = await saves(marks('2'))
    expect(await hello()).toBe('hello2')
    await before?.stop()
    expect(await hello()).toBe('hello2')
  },
)

test('one that cannot be loaded or set up leaves the one before where it is', async () => {
  const { saves, hello } = await house()
  await saves(marks('1'))

  await expect(saves('export default (')).rejects.toThrow('SyntaxError')
  await expect(
    saves('export default { api: 1, setup() { throw new Error("no key") } }'),
  ).rejects.toThrow('no key')
  await expect(
    saves(
      'export default { api: 1, config: { key: { type: "string", required: true } }, setup() {} }',
    ),
  ).rejects.toThrow('lacks "key"')
  expect(await hello()).toBe('hello1')
})

test('a message on its way goes on with the steps it met', async () => {
  const { saves, hello, plugins, section } = await house()
  await saves(`export default async (ctx, next) => {
    ctx.message.text += await new Promise((resolve) => setTimeout(resolve, 50, '1'))
    await next()
  }`)

  const on = hello()
  const before = plugins.takeOut(section)
  expect(plugins.chain.empty).toBe(true)
  expect(await on).toBe('hello1')
  await before?.stop()
})

test('its commands and nicknames come and go with it', async () => {
  const { saves, plugins, section } = await house()
  const version = (n: number) => `export default { name: 'x', api: 1, setup(host) {
    host.command('both', () => '${n}')
    host.command('only${n}', () => '${n}')
    host.nickname(() => 'Robin${n}')
  } }`

  await saves(version(1))
  expect(plugins.commands.list('lobby', () => 'on').map(({ name }) => name)).toEqual([
    'both',
    'only1',
  ])
  await saves(version(2))
  expect(plugins.commands.list('lobby', () => 'on').map(({ name }) => name)).toEqual([
    'both',
    'only2',
  ])
  expect(await plugins.nickname('en', () => false)).toBe('Robin2')
  plugins.takeOut(section)
  expect(plugins.commands.list('lobby', () => 'on').map(({ name }) => name)).toEqual([])
  expect(await plugins.nickname('en', () => false)).toMatch(/^Guest/)
})

test('who leaves is told by its signal, then undone last first, and not waited for long', async () => {
  const { saves, lines, hello } = await house()
  await saves(`export default { name: 'x', api: 1, setup(host) {
    host.signal.addEventListener('abort', () => host.log.info('signal'))
    host.cleanup(() => host.log.info('first'))
    host.cleanup(() => { throw new Error('boom') })
    host.cleanup(() => host.log.info('third'))
    host.use((ctx) => { ctx.message.text += '1' })
  } }`)
  const before = await saves(`export default { name: 'x', api: 1, setup(host) {
    host.cleanup(() => new Promise(() => {}))
    host.use((ctx) => { ctx.message.text += '2' })
  } }`)

  await before?.stop()
  expect(lines.filter((line) => /signal|first|third|cleanup/.test(line))).toEqual([
    'signal',
    'third',
    'cleanup failed',
    'first',
  ])
  await (await saves(marks('3')))?.stop()
  expect(lines).toContain('plugin did not stop in time')
  expect(await hello()).toBe('hello3')
})

test('a worker that dies comes back with the newest version, whatever lies on the disk by now', async () => {
  const { saves, says, hello, said, lines } = await house()
  await saves(
    `export default { name: 'x', api: 1, setup(host) { host.log.info('old one is set up') } }`,
  )
  const before = await saves(`export default async (ctx, next) => {
    ctx.message.text += '2'
    await next()
    if (ctx.message.text === 'bye2') process.exit(1)
  }`)
  await before?.stop()

  await writeFile(join(folder, 'mark.mjs'), 'export default (')
  await says('bye')
  await said("the plugins' worker is up again")

  expect(await hello()).toBe('hello2')
  expect(lines.filter((line) => line === 'old one is set up')).toHaveLength(1)
})
