import { expect, test } from '@jest/globals'
import { holding, run, start } from './program.js'

const bot = 'export default async (ctx) => { await ctx.reply("hi") }'

test('check tells what is wrong with the bots beside the config file', async () => {
  const cwd = holding({
    'etc/config.ini': '',
    'etc/bots/fine.js': bot,
    'etc/bots/a.js': '\nimport "left-pad"',
    'etc/bots/b.js': '',
  })

  const { code, stdout, stderr } = await run(['check', '--config', 'etc/config.ini'], { cwd })

  expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
  expect(stderr.split('\n').filter((line) => line.startsWith('bots/'))).toEqual([
    'bots/a.js:2: the package left-pad is not installed. In the folder of the configuration file run: npm i left-pad.',
    expect.stringMatching(/^bots\/b\.js: its default export is missing\./),
  ])
})

test('without a config file they lie in the data folder, and never in the working folder', async () => {
  const cwd = holding({ 'data/bots/here.js': bot, 'bots/stray.js': bot })

  const { code, stdout } = await run(['print-pipeline'], { cwd })

  expect(code).toBe(0)
  expect(stdout).toContain('bots        bot:here (worker, answers after delivery)')
  expect(stdout).not.toContain('stray')
})

test.each([
  ['C', 'bots/dice.js: the bot dice is here.', 'bots/none.js: its default export is missing'],
  ['zh_CN.UTF-8', 'bots/dice.js：机器人 dice 来了。', 'bots/none.js: 没有默认导出'],
])('a server names each of them on its terminal (%s)', async (LANG, here, broken) => {
  const cwd = holding({ 'data/bots/dice.js': bot, 'data/bots/none.js': 'const nothing = 1' })
  const server = start(['--port', '0', '--host', '127.0.0.1'], { cwd, env: { LANG } })

  await server.line(/http:/)
  server.process.kill('SIGTERM')

  const { stdout, code } = await server.ended
  expect(code).toBe(0)
  expect(stdout).toContain(here)
  expect(stdout).toContain(broken)
})
