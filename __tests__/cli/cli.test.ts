import { expect, test } from '@jest/globals'
import { writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { rows } from '../../src/options.js'
import { version } from '../../src/version.js'
import { inConsole } from './console.js'
import { folder, run } from './program.js'

test.each([
  ['en_US.UTF-8', 'en', 'Open the chat room'],
  ['zh_CN.UTF-8', 'zh-CN', '打开聊天室'],
] as const)('--help under %s has every flag and what it does', async (locale, lang, words) => {
  const { code, stdout, stderr } = await run(['--help'], { env: { LC_ALL: locale } })
  const inOneLine = stdout.replace(/\s+/g, '')

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(words)
  for (const { flag, option } of rows) {
    expect(stdout).toContain(`--${flag} `)
    expect(inOneLine).toContain(option.help[lang].replace(/\s+/g, '').slice(0, 12))
  }
})

test('--version is that of package.json', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: version, stderr: '' })
})

test('every flag that nobody knows is told with the nearest one, and nothing starts', async () => {
  const { code, stdout, stderr } = await inConsole(['--prot', '80', '--hots=::1', '--port'])

  expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
  expect(stderr.trim().split('\n')).toEqual([
    'There is no option --prot; the nearest known one is --port. See --help for all.',
    'There is no option --hots; the nearest known one is --host. See --help for all.',
    '--port lacks its value. Please write --port VALUE.',
  ])
})

test('a command that nobody knows is told with the nearest one', async () => {
  const { code, stderr } = await inConsole(['chekc'], { env: { LANG: 'zh_CN.UTF-8' } })

  expect(code).toBe(64)
  expect(stderr.trim()).toBe('没有 chekc 这个命令，最接近的是 check。用 --help 看全部命令。')
})

test('where it has no name of its own, a sentence has commands as they are typed there', async () => {
  const cwd = folder()
  const { stderr } = await run(['user'], { cwd })

  expect(stderr).toContain(`See node ${relative(cwd, resolve('dist/cli.js'))} user --help.`)
})

test('a switch stands alone and leaves the command behind it alone', async () => {
  const { code, stdout } = await inConsole(['--plain', 'print-config'])

  expect(code).toBe(0)
  expect(stdout).toContain('plain = yes')
})

test('check tells all faults on standard error and ends with 78', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'bad.ini'), '[server]\nport = abc\n[session]\nsecret = tiny\n')
  const { code, stdout, stderr } = await inConsole(['check', '--config', 'bad.ini'], { cwd })

  expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 9)),
  ).toEqual(['bad.ini:2', 'bad.ini:4'])
  expect(stderr).not.toContain('tiny')
})

test('check loads plugins too, so a plugin that is not there is a fault', async () => {
  const { code, stdout, stderr } = await inConsole(['check', '--set', 'bot:x.use=./none.js'])

  expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
  expect(stderr).toContain('none.js')
})

test('check says so when all is well', async () => {
  expect(await inConsole(['check'])).toEqual({
    code: 0,
    stdout:
      'No configuration file was read (name one with --config); defaults, environment and flags are fine.',
    stderr: '',
  })
})

test('print-config takes every source and masks secrets', async () => {
  const env = { CHAT_ROOM_SESSION_SECRET: 'CANARY'.repeat(6), CHAT_ROOM_TITLE: 'Ours' }
  const { code, stdout, stderr } = await inConsole(['print-config', '--port', '81'], { env })

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('port = 81')
  expect(stdout).toContain('title = Ours')
  expect(stdout).toContain('secret[] = ***')
  expect(stdout).not.toContain('CANARY')
})

test('a key on the command line works, and is warned about once', async () => {
  const { code, stdout, stderr } = await inConsole(['print-config', '--bot-app-key', 'CANARY'])

  expect(code).toBe(0)
  expect(stderr.match(/--bot-app-key/g)).toHaveLength(1)
  expect(stdout + stderr).not.toContain('CANARY')
})

test('print-pipeline shows the steps in their order', async () => {
  const { code, stdout } = await inConsole(['print-pipeline'])

  expect(code).toBe(0)
  expect(stdout.indexOf('random-name')).toBeGreaterThan(-1)
  expect(stdout.indexOf('机器人小小鸟')).toBeGreaterThan(stdout.indexOf('random-name'))
})

test('the later of two configs counts, so that npm start can be given another', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'a.ini'), '[server]\nport = 1\n')
  writeFileSync(join(cwd, 'b.ini'), '[server]\nport = 2\n')
  const { stdout } = await inConsole(['print-config', '--config', 'a.ini', '--config', 'b.ini'], {
    cwd,
  })

  expect(stdout).toContain('port = 2')
})
