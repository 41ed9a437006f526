import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Section } from '../../src/config.js'
import { shipped } from '../../src/plugins/builtin/shipped.js'
import { rehearse as rehearsal, type Happening } from '../../src/testing/rehearse.js'
import { lobby } from '../helpers/lobby.js'
import { inConsole } from './console.js'
import { folder, holding, run, start } from './program.js'

/** `chat-room bot …`, for who writes bots. */

const bot = (answer: string) => `export default async (ctx) => { await ctx.reply(${answer}) }`
const rehearse = (words: string[], cwd: string) => inConsole(['bot', 'test', ...words], { cwd })

test.each(['robin.js', 'robin.ts'])('a new bot %s answers in a rehearsal', async (file) => {
  const cwd = folder()
  const made = await inConsole(['bot', 'new', file.replace('.js', '')], { cwd })
  expect(made).toEqual({
    code: 0,
    stdout: `data/bots/${file} is written. Try it: chat-room bot test data/bots/${file}`,
    stderr: '',
  })
  const { stdout } = await rehearse([`data/bots/${file}`], cwd)
  expect(stdout).toMatch(
    /ada: @robin hello\n    robin \(\d+ ms\): Hello, ada!\nada: \/robin\n    robin \(\d+ ms\): Hello, ada!/,
  )
})

test('an editor knows the types of all that can be made, and tells a mistake', async () => {
  const cwd = folder()
  const copies = shipped.map((one) => [`my-${one}`, '--from', one])
  for (const words of [['robin'], ['wren.ts'], ...copies]) {
    expect((await inConsole(['bot', 'new', ...words], { cwd })).code).toBe(0)
  }
  const bots = join(cwd, 'data/bots')
  const robin = readFileSync(join(bots, 'robin.js'), 'utf8')
  writeFileSync(join(bots, 'wrong.js'), robin.replace('ctx.reply', 'ctx.respond'))

  const tsc = ['node_modules/typescript/bin/tsc', '-p', bots]
  const told = await promisify(execFile)(process.execPath, tsc).catch((error: unknown) => error)
  expect(String(Object(told).stdout).trim()).toMatch(/^\S*wrong\.js.*'respond' does not exist.*$/)
})

test('it lies beside the configuration file, and speaks the language of the console', async () => {
  const cwd = holding({ 'etc/config.ini': '' })
  const args = ['bot', 'new', '知更鸟', '--config', 'etc/config.ini']
  const { stdout } = await inConsole(args, { cwd, env: { LANG: 'zh_CN.UTF-8' } })
  expect(stdout).toBe('写好了 etc/bots/知更鸟.js。试一试：chat-room bot test etc/bots/知更鸟.js')
  expect(readFileSync(join(cwd, 'etc/bots/知更鸟.js'), 'utf8')).toContain(
    '你好，${ctx.user.name}！',
  )
})

test('it lies where the server looks that reads the folder’s config.ini, whether it runs or not', async () => {
  const world = await lobby({ files: { 'bots/first.js': bot('1') } })
  const there = { cwd: world.folder }
  const early = await inConsole(['bot', 'new', 'early', '--data', folder()], there)
  expect(early.stdout).toMatch(/^bots\/early\.js is written/)
  const late = await inConsole(['bot', 'new', 'late', '--data', join(world.folder, 'data')])
  expect(late.stdout).toContain(
    `${join(world.folder, 'bots/late.js')} is written. The server is running`,
  )
})

test.each(shipped)('a copy of %s loads as a bot of one’s own', async (from) => {
  const cwd = folder()
  expect((await inConsole(['bot', 'new', 'mine', '--from', from], { cwd })).code).toBe(0)
  writeFileSync(
    join(cwd, 'config.ini'),
    `[${from === 'moderation' ? 'plugin' : 'bot'}:mine]\nuse = ./data/bots/mine.ts\n` +
      (from === 'keywords' ? 'answers[] = hello => hi!\n' : ''),
    { mode: 0o600 },
  )
  const words = ['mine', '--config', 'config.ini', '--data', 'data']
  const { stdout, code } = await rehearse(words, cwd)
  expect(stdout).toMatch(/ Nothing went wrong\.$/)
  expect(code).toBe(0)
})

test('what cannot be made is said, and nothing is written over', async () => {
  const cwd = holding({ 'data/bots/dice.ts': bot('1') })
  expect((await inConsole(['bot', 'new', 'dice'], { cwd })).stderr).toBe(
    'bots/dice.ts is there already. Please choose another name, or delete it first.\n',
  )
  const wrong = await inConsole(['bot', 'new', '../x', '--from', 'dise'], { cwd })
  expect(wrong.code).toBe(64)
  expect(wrong.stderr).toMatch(/cannot be called "\.\.\/x".*\nNo bot "dise".*nearest one is dice/)
  expect(existsSync(join(cwd, 'data/bots/dice.js'))).toBe(false)
})

test('a rehearsal plays a talk, and what is expected of the bot comes', async () => {
  const cwd = holding({
    'greet.js': bot('ctx.trigger.kind === "all" ? "hi " + ctx.user.name : "bye"'),
    'talk.txt': '# a talk\nada: hello\ngreet: hi ada\n+ grace\ngrace: 你好\ngreet: /^hi gra/\n',
  })
  const { code, stdout } = await rehearse(['greet.js', 'talk.txt'], cwd)
  expect(stdout).toMatch(/^\(ada comes in\)\nada: hello\n    greet \(\d+ ms\): hi ada\n/)
  expect(stdout).toMatch(/Answers: 2, the slowest took \d+ ms\. Nothing went wrong\.$/)
  expect(code).toBe(0)
})

test('what a timer says while nobody waits for it is no answer, however long that was', async () => {
  const code = `export const triggers = { timer: '10s' }\n${bot('ctx.trigger.kind')}`
  const use = join(holding({ 't.js': code }), 't.js')
  const bird: Section = { kind: 'bot', name: 't', use, rooms: [], settings: {}, lines: {} }
  const told: Happening[] = []
  const went = await rehearsal({
    sections: [bird],
    talk: '~ 100ms\nt: timer',
    lang: 'en',
    dataDir: folder(),
    folder: '.',
    tell: (what) => told.push(what),
    every: (_, run) => (setImmediate(run), () => undefined),
  })
  expect(told).toEqual([{ kind: 'answers', name: 't', text: 'timer' }])
  expect(went).toEqual({ answers: 0, slowest: 0, timed: 1, faults: 0 })
})

const ASKER = `export const triggers = { command: ['ask', 'form'], answer: true }
export default async (ctx) => {
  const { kind, command, choices, form } = ctx.trigger
  const card = command === 'ask'
    ? { choices: [{ id: 'yes', label: 'I come' }, { id: 'no', label: 'I do not' }] }
    : { fields: [{ id: 'n', label: 'How many', type: 'number', max: 3 }] }
  await ctx.reply(kind === 'answer' ? 'said ' + (form?.n ?? choices) : '?', kind === 'command' ? { card } : {})
}`

test('people of a talk press the choices of a card and fill in its form', async () => {
  const talk = `ada: /ask\nada: [yes]\nx: said yes\nada: /form\nada: {"n": 2}\nx: said 2\nada: {"n": 4}\nada: /ask\nada: [maybe]\n`
  const cwd = holding({ 'x.js': ASKER, 't.txt': talk })
  const { code, stdout } = await rehearse(['x.js', 't.txt'], cwd)
  expect(stdout).toMatch(/: \?\n +\[yes\] I come\n +\[no\] I do not\nada: \[yes\]\n/)
  expect(stdout).toMatch(/ada: \{"n":4\}\n {2}! the answer of ada does not count: n: .*3.*\n/)
  expect(stdout).toMatch(
    /ada: \[maybe\]\n {2}! .* does not count: This question has no such choice/,
  )
  expect([code, stdout]).toEqual([1, expect.stringMatching(/ Faults: 2\.$/)])
})

test.each<[string, Record<string, string>, RegExp]>([
  ['throws', { 'x.js': '\n\nexport default () => { throw new Error("ouch") }' }, /x\.js:3: ouch/],
  [
    'says something else',
    { 'x.js': bot('"no"'), 't.txt': 'ada: a\nx: yes' },
    /line 2: x did not say yes/,
  ],
  [
    'is told what means nothing',
    { 'x.js': bot('"no"'), 't.txt': 'hello' },
    /line 1 means nothing here: hello/,
  ],
  [
    'answers another bot without end',
    {
      'x.js': `export const hearBots = true, hear = 'all'\n${bot('"ping " + ctx.message.id')}`,
      'y.js': `export const hearBots = true, hear = 'all'\n${bot('"pong " + ctx.message.id')}`,
    },
    /loop: /,
  ],
])('a bot that %s fails its rehearsal', async (_, files, told) => {
  const { code, stdout } = await rehearse(Object.keys(files), holding(files))
  expect(stdout).toMatch(told)
  expect(stdout).toMatch(/Faults: \d+\.$/)
  expect(code).toBe(1)
})

test('a bot that cannot be loaded is named with its line', async () => {
  const cwd = holding({ 'x.js': '\nimport "left-pad"' })
  const { code, stderr } = await rehearse(['x.js'], cwd)
  expect(stderr).toMatch(/x\.js:2: .*left-pad/)
  expect(code).not.toBe(0)
})

test('the bots of a running server, and what its log says of one', async () => {
  const cwd = holding({
    'data/bots/dice.js': `export default { api: 1, setup(host) {
      host.log.info('the dice are cast', { sides: 6 })
      host.command('roll', () => '6')
    } }`,
  })
  const server = start(['--port', '0', '--host', '127.0.0.1'], { cwd })
  await server.line(/http:/)

  const { stdout } = await run(['bot', 'list'], { cwd })
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^#0 +ready +auto +answered 0, failed 0 {2}机器人小小鸟 \//),
    expect.stringMatching(/^#-1 +ready +mention +answered 0, failed 0 {2}dice \/roll$/),
  ])
  const logs = await inConsole(['bot', 'logs', 'dice'], { cwd })
  expect(logs.stdout).toMatch(/info +the dice are cast {"sides":6}/)

  writeFileSync(join(cwd, 'data/bots/dice.js'), 'export default (')
  await server.line(/SyntaxError/)
  const why = /bots\/dice\.js:1: SyntaxError.*The bot dice stays as it was/
  expect((await run(['bot', 'list'], { cwd })).stdout.split('\n').at(-1)).toMatch(why)
  expect((await inConsole(['bot', 'logs', 'dice'], { cwd })).stdout).toMatch(why)

  writeFileSync(join(cwd, 'data/bots/first.js'), 'export default 3')
  await server.line(/bots\/first\.js/)
  const { stdout: listed } = await inConsole(['bot', 'list'], { cwd })
  expect(listed).toMatch(/\n {2}not here: first\n {6}! bots\/first\.js: .*This bot did not come/)
  expect((await inConsole(['bot', 'logs', 'nobody'], { cwd })).stderr).toMatch(/no bot "nobody"/)
})

test('without a server: those that will come, and no log', async () => {
  const cwd = holding({ 'data/bots/dice.js': bot('1'), 'data/bots/_lib.js': '' })
  const { stdout } = await inConsole(['bot', 'list'], { cwd })
  expect(stdout).toBe(
    'The server is not running; these bots will come:\n  机器人小小鸟  (offline)\n  dice  (bots/dice.js)',
  )
  expect((await inConsole(['bot', 'logs', 'dice'], { cwd })).code).toBe(69)
})
