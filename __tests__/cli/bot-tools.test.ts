import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { shipped } from '../../src/plugins/shipped.js'
import { folder, run, start } from './program.js'

/** `chat-room bot …`, for who writes bots. */

function holding(files: Record<string, string>): string {
  const cwd = folder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, dirname(name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return cwd
}

const bot = (answer: string) => `export default async (ctx) => { await ctx.reply(${answer}) }`
const rehearse = (words: string[], cwd: string) => run(['bot', 'test', ...words], { cwd })

/** What is wrong with the types of the bots in a folder, as an editor sees it. */
const typeFaults = (cwd: string): Promise<string> =>
  promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', cwd]).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )

test('a new bot answers in a rehearsal, and an editor knows its types', async () => {
  const cwd = folder()

  const made = await run(['bot', 'new', 'robin'], { cwd })
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toBe(
    'data/bots/robin.js is written. Try it: chat-room bot test data/bots/robin.js',
  )
  expect((await rehearse(['data/bots/robin.js'], cwd)).stdout).toMatch(
    /ada: @robin hello\n    robin \(\d+ ms\): Hello, ada!\nada: \/robin\n    robin \(\d+ ms\): Hello, ada!/,
  )

  const bots = join(cwd, 'data/bots')
  expect(await typeFaults(bots)).toBe('')
  const file = join(bots, 'robin.js')
  writeFileSync(file, readFileSync(file, 'utf8').replace('ctx.reply', 'ctx.respond'))
  expect(await typeFaults(bots)).toMatch(/robin\.js.*'respond' does not exist/)
})

test('it lies beside the configuration file, and speaks the language of the console', async () => {
  const cwd = holding({ 'etc/config.ini': '' })
  const args = ['bot', 'new', '知更鸟', '--config', 'etc/config.ini']
  const { stdout } = await run(args, { cwd, env: { LANG: 'zh_CN.UTF-8' } })
  expect(stdout).toBe('写好了 etc/bots/知更鸟.js。试一试：chat-room bot test etc/bots/知更鸟.js')
  expect(readFileSync(join(cwd, 'etc/bots/知更鸟.js'), 'utf8')).toContain(
    '你好，${ctx.user.name}！',
  )
})

test.each(shipped)('a copy of %s loads as a bot of one’s own, with its types', async (from) => {
  const cwd = folder()
  expect((await run(['bot', 'new', 'mine', '--from', from], { cwd })).code).toBe(0)
  writeFileSync(
    join(cwd, 'config.ini'),
    `[${from === 'moderation' ? 'plugin' : 'bot'}:mine]\nuse = ./data/bots/mine.ts\n` +
      (from === 'keywords' ? 'answers[] = hello => hi!\n' : ''),
    { mode: 0o600 },
  )
  const { stdout, code } = await run(
    ['bot', 'test', 'mine', '--config', 'config.ini', '--data', 'data'],
    { cwd },
  )
  expect(stdout).toMatch(/, nothing went wrong\.$/)
  expect(code).toBe(0)
  expect(await typeFaults(join(cwd, 'data/bots'))).toBe('')
})

test('what cannot be made is said, and nothing is written over', async () => {
  const cwd = holding({ 'data/bots/dice.ts': bot('1') })
  expect((await run(['bot', 'new', 'dice'], { cwd })).stderr).toBe(
    'bots/dice.ts is there already. Please choose another name, or delete it first.\n',
  )
  const wrong = await run(['bot', 'new', '../x', '--from', 'dise'], { cwd })
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
  expect(stdout).toMatch(/2 answers, the slowest took \d+ ms, nothing went wrong\.$/)
  expect(code).toBe(0)
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
  expect(stdout).toMatch(/\d+ faults\.$/)
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
  const logs = await run(['bot', 'logs', 'dice'], { cwd })
  expect(logs.stdout).toMatch(/info +the dice are cast {"sides":6}/)
  expect((await run(['bot', 'logs', 'nobody'], { cwd })).stderr).toMatch(/no bot "nobody"/)
})

test('without a server: those that will come, and no log', async () => {
  const cwd = holding({ 'data/bots/dice.js': bot('1'), 'data/bots/_lib.js': '' })
  const { stdout } = await run(['bot', 'list'], { cwd })
  expect(stdout).toBe(
    'The server is not running; these bots will come:\n  机器人小小鸟  (offline)\n  dice  (bots/dice.js)',
  )
  expect((await run(['bot', 'logs', 'dice'], { cwd })).code).toBe(69)
})
