import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createGateways } from '../../src/gateways/gateways.js'
import { builtins as plugins, builtinsWith } from '../../src/plugins/builtin/builtin.js'
import { loadPlugins } from '../../src/plugins/load.js'
import { shipped } from '../../src/plugins/builtin/shipped.js'
import { pluginOf } from '../../src/plugins/module/module.js'
import { folder, run } from '../cli/program.js'
import { desk } from './desk.js'

const ini = readFileSync('config.ini', 'utf8')
const bots = ini.slice(ini.indexOf('[bot:'), ini.indexOf('[session]'))
const builtins = { ...plugins, ...createGateways('en').builtins }
const keys = {
  TENCENT_APP_KEY: 'k',
  OPENAI_API_KEY: 'k',
  HOOK_TOKEN: 'a-token-of-16-char',
  WEBHOOK_SECRET: 's',
  ONEBOT_TOKEN: 'a-token-of-bots',
  SATORI_TOKEN: 'a-token-of-satori',
}

/** The bots' blocks as after taking away each `; `; one way to hear is enough. */
const uncommented = bots.replace('; hear = all\n', '').replace(/^; /gm, '')
/** The same where one has done what the comment says of tools. */
const withTools = uncommented.replace('use = openai\n', 'use = openai\nmcp[] = 资料\n')
const blocks = uncommented.split(/^(?=\[(?:bot|plugin|mcp):)/m)
const blockOf = (use: string) => blocks.find((block) => block.includes(`use = ${use}\n`)) ?? ''

test('the bots of config.ini only wait to be uncommented', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'config.ini'), ini.replace(bots, withTools), { mode: 0o600 })
  writeFileSync(join(cwd, 'brain.txt'), '? 食堂几点开门\n- 七点\n')

  expect(await run(['check', '--config', 'config.ini'], { cwd, env: keys })).toEqual({
    code: 0,
    stdout: 'The configuration is fine.',
    stderr: '',
  })
})

test.each([
  ['offline', ''],
  ['openai', 'api_key = ${OPENAI_API_KEY}\n'],
  ['tencent-textchat', ''],
  ['webhook-in', ''],
  ['webhook-out', ''],
  ['onebot11', ''],
  ['satori', ''],
  ...shipped.map((name) => [name, '']),
])('%s works without the others, and from a key in the environment', async (use, more) => {
  const block = blockOf(use).replace('only-a-fake', '${TENCENT_APP_KEY}')
  const table = desk(block.replace(`use = ${use}\n`, `use = ${use}\n${more}`))
  table.write('brain.txt', '? 食堂几点开门\n- 七点\n')
  const { config } = table.load({ env: keys })
  const loaded = await loadPlugins(config.plugins, {
    builtins: { ...builtins, ...builtinsWith(config.toolServers) },
    configFile: join(table.folder, 'config.ini'),
    dataDir: table.folder,
    log: pino({ level: 'silent' }),
  })
  await loaded.close()

  const [, name = '?'] = /^\[(.+)\]/.exec(blockOf(use)) ?? []
  expect(loaded.steps.some((step) => step.startsWith(`${name} (`))).toBe(true)
})

test.each<[string, number]>([
  ['offline', 3],
  ['openai', 3],
  ['tencent-textchat', 3],
  ['webhook-in', 3],
  ['webhook-out', 3],
  ['onebot11', 2],
  ['satori', 1],
  ...shipped.map((name): [string, number] => [name, -1]),
])('every key of %s stands in config.ini', async (use, fewest) => {
  const schemaOf = async (name: string) => pluginOf(await builtins[name]?.(), 'bot').config
  // tencent-textchat takes those of its fallback as well.
  const others = use === 'tencent-textchat' ? Object.keys(await schemaOf('offline')) : []
  const own = Object.keys(await schemaOf(use)).filter((key) => !others.includes(key))

  expect(own.length).toBeGreaterThan(fewest)
  expect(blockOf(use)).toMatch(/^\[(?:bot|plugin):/)
  for (const key of own) expect(blockOf(use)).toMatch(new RegExp(`\\b${key}(?:\\[\\])? =`))
})
