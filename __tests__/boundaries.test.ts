import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { posix } from 'node:path'
import { expect, test } from '@jest/globals'

/**
 * Who may import whom inside src/: by area (a folder, a plugin's folder, or a file at the top), what it may
 * import besides itself. `type x` allows only the types of x. Packages are named where an area may not have
 * them. server.ts alone knows everybody; house.ts, who are in it and how they talk.
 */
const WORDS = ['protocol.ts', 'errors.ts', 'log.ts', 'clock.ts', 'i18n']
const may: Record<string, readonly string[]> = {
  'errors.ts': ['type protocol.ts', 'type i18n'],
  'log.ts': ['readable-log.ts'],
  'readable-log.ts': ['harmless.ts'],
  'harmless.ts': [],
  'clock.ts': [],
  'protocol.ts': ['type plugin.ts'],
  'frames.ts': ['protocol.ts'],
  'present-form.ts': ['type protocol.ts'],
  'card.ts': ['type protocol.ts'],
  'form.ts': ['type protocol.ts'],
  'calls.ts': ['simplified.ts'],
  'command-line.ts': [],
  'simplified.ts': [],
  'plugin.ts': [],
  'tool-server.ts': [],
  'version.ts': [],
  'network.ts': [],
  'turns.ts': [],
  'room-name.ts': [],
  'close-all.ts': [],
  'meter.ts': [],
  'growing.ts': [],
  'seldom.ts': ['growing.ts'],
  'metrics.ts': ['type meter.ts'],
  i18n: ['type protocol.ts'],
  // StoreError and StoreFullError are part of the contract, and the journal tells them apart.
  chat: [
    ...WORDS,
    'close-all.ts',
    'meter.ts',
    'growing.ts',
    'seldom.ts',
    'frames.ts',
    'present-form.ts',
    'card.ts',
    'form.ts',
    'calls.ts',
    'command-line.ts',
    'turns.ts',
    'room-name.ts',
    'store/store.ts',
  ],
  web: [
    ...WORDS,
    'network.ts',
    'seldom.ts',
    'gateways/hook.ts',
    'type gateways/call.ts',
    'gateways/api/routes.ts',
    'gateways/api/frame-of.ts',
    'gateways/api/openapi.ts',
    'tokens/why-not.ts',
    'type tokens',
    'type chat/face.ts',
    'people',
    'type store/store.ts',
  ],
  bots: [
    ...WORDS,
    'meter.ts',
    'calls.ts',
    'command-line.ts',
    'form.ts',
    'type chat/face.ts',
    'type plugin.ts',
  ],
  // Doors for programs elsewhere: they are plugins to the loader, and speak as bots.
  gateways: [
    ...WORDS,
    'present-form.ts',
    'frames.ts',
    'plugin.ts',
    'version.ts',
    'type chat/face.ts',
    'type bots/port.ts',
  ],
  // Who programs elsewhere are: bots that come by tokens.
  tokens: [
    ...WORDS,
    'type chat/face.ts',
    'type bots/definition.ts',
    'type people',
    'type store/store.ts',
  ],
  people: [...WORDS, 'simplified.ts', 'type chat/face.ts', 'type store/store.ts'],
  store: [...WORDS, 'present-form.ts', 'card.ts', 'close-all.ts'],
  // The loader and the worker around the plugins; one that comes with the server is a folder in builtin/ (below).
  plugins: [
    'plugins',
    ...WORDS,
    'type chat/face.ts',
    'bots',
    'config',
    'plugin.ts',
    'type tool-server.ts',
  ],
  // What a section of the configuration is to it.
  'plugins/builtin/openai': ['type tool-server.ts'],
  // Bots as files: it decides what comes and goes, the plugins and bots do it.
  dropin: [...WORDS, 'turns.ts', 'plugins', 'type bots', 'type people', 'type config'],
  // A stage for bots instead of the chat: the test kit, and what rehearses a bot.
  testing: [
    ...WORDS,
    'calls.ts',
    'command-line.ts',
    'card.ts',
    'form.ts',
    'plugins',
    'bots',
    'config',
    'type plugin.ts',
    'type chat/face.ts',
  ],
  'house.ts': [
    ...WORDS,
    'type meter.ts',
    'type config.ts',
    'type store/store.ts',
    'chat',
    'people',
    'tokens',
    'bots',
    'type plugins',
    'web/address.ts',
    'room-name.ts',
    'version.ts',
  ],
  config: ['options.ts', 'errors.ts', 'i18n', 'type config.ts', 'type tool-server.ts'],
  'config.ts': ['config', 'options.ts', 'errors.ts', 'i18n', 'type tool-server.ts'],
  'options.ts': ['option.ts', 'room-name.ts'],
  'option.ts': ['type i18n'],
  'listen.ts': ['type config.ts', 'errors.ts', 'log.ts', 'i18n'],
  // What the command line asks of a running server, or of the data itself.
  control: [
    ...WORDS,
    'version.ts',
    'frames.ts',
    'room-name.ts',
    'chat',
    'type listen.ts',
    'type people',
    'tokens/why-not.ts',
    'type tokens',
    'type bots',
    'type store/store.ts',
  ],
  // What a host asks when something is odd; it changes nothing.
  doctor: [
    ...WORDS,
    'store',
    'control',
    'listen.ts',
    'version.ts',
    'dropin/bot-file.ts',
    'commands/addresses.ts',
    'type config.ts',
  ],
  commands: [
    ...WORDS,
    'doctor',
    'control',
    'network.ts',
    'config.ts',
    'config',
    'options.ts',
    'server.ts',
    'listen.ts',
    'harmless.ts',
    'nursery.ts',
    'version.ts',
    'dropin/bot-file.ts',
    'plugins/builtin/shipped.ts',
    'testing',
    // A backup needs no server, only its file.
    'store',
  ],
  'nursery.ts': ['once-after-work.ts'],
  'cli.ts': ['nursery.ts', 'main.ts'],
  'main.ts': ['commands'],
}
/** A plugin points at the contract and at nothing else of the server, nor at what the server stands on. */
const ofPlugins = ['plugin.ts']
const notForPlugins = new Set(['ws', 'koa', 'koa-websocket', 'kysely', '@photostructure/sqlite'])

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))

interface Import {
  from: string
  /** A file of src/, or a package. */
  to: string
  typeOnly: boolean
}

const imports: readonly Import[] = files.flatMap((from) =>
  importsOf(from, readFileSync(`${src}${from}`, 'utf8')),
)

test('every import of src/ is one that its area may have', () => {
  expect(imports.length).toBeGreaterThan(200) // else this test reads nothing
  expect(imports.filter((line) => !isAllowed(line)).map(said)).toEqual([])
})

test('a plugin has no package of the server', () => {
  const reached = imports.filter(({ from, to }) => isPlugin(from) && notForPlugins.has(to))
  expect(reached.map(said)).toEqual([])
})

test('the worker that runs users’ code holds nothing of chat, store, people or web, and no validator', () => {
  const reached = reachedFrom('plugins/worker/inside/worker.ts')
  expect(reached).toContain('plugins/worker/inside/line.ts')
  expect(reached.filter((file) => /^(chat|store|people|web)\/|^server|^zod$/.test(file))).toEqual(
    [],
  )
})

test('what runs in that worker is loaded by nobody else', () => {
  const isInside = (file: string) => file.startsWith('plugins/worker/inside/')
  expect(imports.filter(({ from, to }) => isInside(to) && !isInside(from)).map(said)).toEqual([])
})

test('no file of src/ imports itself by way of others', () => {
  const cycles = files.filter((file) => reachedFrom(file).includes(file))
  expect(cycles).toEqual([])
})

test('nothing in src/ is called utils, helpers or common', () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common)(\/|\.ts$)/.test(file))).toEqual([])
})

test.each([
  ['web/app.ts', 'chat/chat.ts', false, false],
  ['web/app.ts', 'chat/face.ts', true, true],
  ['web/app.ts', 'store/store.ts', true, true],
  ['web/app.ts', 'store/store.ts', false, false],
  ['chat/room.ts', 'bots/bots.ts', true, false],
  ['plugins/builtin/offline/index.ts', 'plugin.ts', false, true],
  ['plugins/builtin/offline/index.ts', 'plugins/load.ts', false, false],
  ['store/sqlite/driver.ts', 'chat/face.ts', true, false],
  ['server.ts', 'chat/chat.ts', false, true],
])('%s → %s (types only: %s) is judged %s', (from, to, typeOnly, allowed) => {
  expect(isAllowed({ from, to, typeOnly })).toBe(allowed)
})

test('the reader of import lines sees every form', () => {
  const text = [
    `import type { A } from './a.js'`,
    `import {\n  b,\n  type B,\n} from '../b.js'`,
    `export { c } from './c/c.js'`,
    `const d = await import('./d.js')`,
    `import e from 'koa'`,
    `import './f.js'`,
  ].join('\n')
  expect(importsOf('x/y.ts', text).map(said).toSorted()).toEqual([
    'x/y.ts → b.ts',
    'x/y.ts → koa',
    'x/y.ts → x/a.ts (type)',
    'x/y.ts → x/c/c.ts',
    'x/y.ts → x/d.ts',
    'x/y.ts → x/f.ts',
  ])
})

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const own = areaOf(from)
  if (!files.includes(to) || own === 'server.ts' || areaOf(to) === own) return true
  const allowed = new Set([...(isPlugin(from) ? ofPlugins : []), ...(may[own] ?? [])])
  const places = [to, to.split('/')[0] ?? to]
  return places.some((place) => allowed.has(place) || (typeOnly && allowed.has(`type ${place}`)))
}

/** `plugins/builtin/offline/x.ts` belongs to the plugin offline, `plugins/load.ts` to the loader. */
const areaOf = (file: string): string =>
  /^plugins\/builtin\/[^/]+(?=\/)/.exec(file)?.[0] ?? file.split('/')[0] ?? file

const isPlugin = (file: string): boolean => areaOf(file).startsWith('plugins/')

/** Every file that loading this one loads as well. */
function reachedFrom(start: string): string[] {
  const reached = new Set<string>()
  const waiting = [start]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const { from, to, typeOnly } of imports) {
      if (from !== file || typeOnly || reached.has(to)) continue
      reached.add(to)
      waiting.push(to)
    }
  }
  return [...reached]
}

function importsOf(from: string, text: string): Import[] {
  const statements = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm
  const calls = /\bimport\(\s*'([^']+)'\s*\)/g
  const found = [...text.matchAll(statements)].map(([, type, to = '']) => ({
    to,
    typeOnly: type !== undefined,
  }))
  const loaded = [...text.matchAll(calls)].map(([, to = '']) => ({ to, typeOnly: false }))
  return [...found, ...loaded].map(({ to, typeOnly }) => ({
    from,
    to: resolved(from, to),
    typeOnly,
  }))
}

function resolved(from: string, to: string): string {
  return to.startsWith('.') ? posix.join(posix.dirname(from), to).replace(/\.js$/, '.ts') : to
}

const said = ({ from, to, typeOnly }: Import): string =>
  `${from} → ${to}${typeOnly ? ' (type)' : ''}`
