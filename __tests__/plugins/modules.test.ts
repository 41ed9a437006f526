import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Section } from '../../src/config.js'
import { StartError } from '../../src/errors.js'
import { loadPlugins, type Plugins } from '../../src/plugins/load.js'
import { ada, testLog, TestRoom } from '../bots/world.js'

/** Users' files as the worker reads them: `dist/plugins/worker/inside/load-module.js`. */

let folder = ''
let plugins: Plugins | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-room-modules-'))
})
afterEach(async () => {
  await plugins?.close()
  plugins = undefined
  await rm(folder, { recursive: true })
})

async function files(texts: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}

/** What a plugin in the first of these files makes of `hello`. */
async function madeOfHello(texts: Record<string, string>): Promise<string | undefined> {
  await files(texts)
  const [name = ''] = Object.keys(texts)
  const use = `./${name}`
  const sections: Section[] = [
    { kind: 'plugin', name: 'x', use, rooms: [], settings: {}, lines: {} },
  ]
  plugins = await loadPlugins(sections, { dataDir: folder, lang: 'en', log: testLog().log })
  const room = new TestRoom()
  const say = { room, user: ada, cid: 'line-1', data: 'hello', lang: 'en' as const }
  await plugins.chain.run(say, (data) => room.store({ ...say, data }))
  return room.events[0]?.data
}

/** Why it cannot be loaded, behind `…: the plugin cannot be loaded: `. */
async function fault(texts: Record<string, string>): Promise<string | undefined> {
  const error = await madeOfHello(texts).catch((error: unknown) => error)
  if (!(error instanceof StartError)) throw new Error('it was loaded', { cause: error })
  return /loaded: (.*)\. Mend it/.exec(error.faults[0] ?? '')?.[1]
}

const shout = 'ctx.message.text = ctx.message.text.toUpperCase()'

test('a .js file outside a package may be a module, or CommonJS', async () => {
  expect(await madeOfHello({ 'a.js': `export default (ctx) => { ${shout} }` })).toBe('HELLO')
  await plugins?.close()
  expect(
    await madeOfHello({
      'b.js': `const os = require('node:os'); module.exports = (ctx) => { if (os.EOL) ${shout} }`,
    }),
  ).toBe('HELLO')
})

test('TypeScript is taken as it is, with types of the contract', async () => {
  const code = `import { definePlugin, type Middleware } from 'chat-room'
    interface Mark { readonly text: string }
    const mark: Mark = { text: '!' }
    const loud: Middleware = (ctx) => void (ctx.message.text += mark.text as string)
    export default definePlugin({ name: 'loud', api: 1, setup: (host) => host.use(loud) })`

  expect(await madeOfHello({ 'loud.ts': code })).toBe('hello!')
})

test('a file imports what lies beside it: modules, TypeScript, JSON, CommonJS, packages', async () => {
  expect(
    await madeOfHello({
      'a.ts': `import os from 'node:os'
        import { mark } from './lib/mark.js'
        import words from './words.json' with { type: 'json' }
        import tail from './tail.cjs'
        import { smile } from 'smile'
        export default async (ctx: any) => {
          const { late } = await import('./late.mjs')
          ctx.message.text = [os.EOL.length > 0, mark, words[0], tail.end, smile, late, import.meta.filename.endsWith('a.ts')].join(' ')
        }`,
      'lib/mark.ts': `export const mark: string = 'mark'`,
      'words.json': '["word"]',
      'tail.cjs': `exports.end = require('./end.cjs')`,
      'end.cjs': `module.exports = 'end'`,
      'late.mjs': `export const late = 'late'`,
      'node_modules/smile/package.json': '{"type":"module","exports":"./index.js"}',
      'node_modules/smile/index.js': `export const smile = ':)'`,
    }),
  ).toBe('true mark word end :) late true')
})

test('two files that import each other are loaded once', async () => {
  expect(
    await madeOfHello({
      'a.mjs': `import { b } from './b.mjs'
        export const a = () => 'a'
        export default (ctx) => { ctx.message.text = b() }`,
      'b.mjs': `import { a } from './a.mjs'
        export const b = () => a() + 'b'`,
    }),
  ).toBe('ab')
})

test.each<[string, Record<string, string>, string]>([
  ['does not compile', { 'x.js': '\n\nexport default (ctx => {' }, 'x.js:3: SyntaxError: '],
  ['is no TypeScript', { 'x.ts': '\nconst a: = 1' }, 'x.ts:2: SyntaxError: Unexpected token `=`'],
  ['has an enum', { 'x.ts': '\nenum A { B }' }, 'x.ts:2: TypeScript enum is not supported'],
  ['exports nothing', { 'x.js': 'const a = 1' }, 'x.js: its default export is missing'],
  ['exports a number', { 'x.mjs': 'export default 42' }, 'x.mjs: its default export is missing'],
  ['throws', { 'x.js': '\n\nthrow new Error("no key")' }, 'x.js:3: no key'],
  ['uses what is not there', { 'x.mjs': '\nnothing()' }, 'x.mjs:2: ReferenceError: nothing is'],
  [
    'imports a missing package',
    { 'x.mjs': '\nimport a from "left-pad"\nexport default a' },
    'x.mjs:2: the package left-pad is not installed',
  ],
  [
    'requires a missing package',
    { 'x.cjs': '\n\nrequire("left-pad")' },
    'x.cjs:3: the package left-pad is not installed',
  ],
  [
    'imports a missing file',
    { 'x.mjs': 'import a from "./none.js"' },
    'x.mjs:1: it imports ./none.js, and there is no such file',
  ],
  [
    'is wrong in a file beside it',
    { 'x.mjs': 'import "./b.mjs"', 'b.mjs': '\nexport default (' },
    'b.mjs:2: SyntaxError: ',
  ],
  [
    'imports a type as a value',
    { 'x.ts': '\nimport { Middleware } from "chat-room"\nexport default 1' },
    'x.ts:2: The requested module',
  ],
  [
    'has a wrong schema',
    { 'x.mjs': 'export default { api: 1, setup() {}, config: {\n sides: { type: "number" } } }' },
    'x.mjs:2: the key "sides" of its config is wrong: its type must be one of string, ',
  ],
  ['is of another api', { 'x.mjs': 'export default { api: 2, setup() {} }' }, 'x.mjs: it is made'],
])('a file that %s is told with its place', async (_what, texts, told) => {
  expect(await fault(texts)).toEqual(expect.stringContaining(told))
})

test('what fails while it runs is logged with its line', async () => {
  const { log, entries } = testLog()
  await files({ 'x.ts': '\n\nexport default (ctx: { none: any }) => ctx.none.at(1)' })
  const section: Section = {
    kind: 'plugin',
    name: 'x',
    use: './x.ts',
    rooms: [],
    settings: {},
    lines: {},
  }
  plugins = await loadPlugins([section], { dataDir: folder, lang: 'en', log })
  const room = new TestRoom()
  const say = { room, user: ada, cid: 'line-1', data: 'hello', lang: 'en' as const }
  await plugins.chain.run(say, (data) => room.store({ ...say, data }))

  const { err } = entries.find(({ msg }) => String(msg).startsWith('plugin failed')) ?? {}
  expect(err).toMatchObject({
    message: "TypeError: Cannot read properties of undefined (reading 'at')",
    stack: expect.stringContaining(`${join(folder, 'x.ts')}:3:`),
  })
})

test('a file that is saved again and again leaves nothing of its earlier texts in memory', async () => {
  const script = `
    import { loadModule } from './dist/plugins/worker/inside/load-module.js'
    const save = (n) => loadModule('bot.mjs', 'export default () => ' + n + ' // ' + 'x'.repeat(500_000))
    await save(0)
    gc()
    const before = process.memoryUsage().heapUsed
    for (let n = 1; n <= 20; n++) await save(n)
    gc()
    console.log(process.memoryUsage().heapUsed - before)`
  const flags = ['--expose-gc', '--experimental-vm-modules', '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, flags)
  expect(Number(stdout)).toBeLessThan(2_000_000) // of twenty times half a megabyte
})
