import { afterEach, expect, test } from '@jest/globals'
import { tmpdir } from 'node:os'
import type { Section } from '../../../../src/config.js'
import { StartError } from '../../../../src/errors.js'
import { loadPlugins, type Plugins } from '../../../../src/plugins/load.js'
import { words } from '../../../../src/plugins/builtin/tencent-textchat/words.js'
import { testLog } from '../../../bots/world.js'
import { run } from '../../../cli/program.js'

const keys = { app_id: '1000001', app_key: 'CANARY' }
const endpoint = 'http://127.0.0.1:9000/fcgi-bin/nlp/nlp_textchat'

test('it is one bot: the service first, the offline brain behind it', async () => {
  const { bots, warnings } = await load({ ...keys, endpoint, alias: '小豪豪', hear: 'all' })

  expect(bots).toMatchObject([{ name: '老朋友', aliases: ['小豪豪'], hear: 'all' }])
  expect(bots[0]?.chain.map(({ name }) => name)).toEqual(['textchat', 'offline'])
  expect(warnings).toEqual([])
})

test('its timeout is that of one request, and leaves time for two and the offline brain', async () => {
  const { bots } = await load({ ...keys, endpoint, timeout: '20s' })

  expect(bots[0]?.timeout).toBeGreaterThan(2 * 20_000 + 5_000)
})

test.each([
  ['no endpoint', keys, /endpoint/],
  ['no key', { endpoint, app_id: '1' }, /app_key/],
  ['an empty key', { endpoint, app_id: '1', app_key: '' }, /app_key/],
  ['no id', { endpoint, app_key: 'CANARY' }, /app_id/],
])('with %s it is the offline bird, and says so once', async (_what, settings, sentence) => {
  const { bots, warnings } = await load(settings)

  expect(bots[0]?.chain.map(({ name }) => name)).toEqual(['offline'])
  expect(warnings).toEqual([expect.stringMatching(sentence)])
  expect(warnings.join('')).not.toContain('CANARY')
})

test('it takes what the offline bird takes', async () => {
  const faults = await faultsOf({ ...keys, time_zone: 'Mars', greeting: '你好', brain: [] })

  expect(faults).toEqual([expect.stringContaining('Mars')])
})

test.each([
  [{ app_id: 'ten' }, /app_id/],
  [{ app_id: '0' }, /app_id.*at least 1/],
  [{ endpoint: 'ai.qq.com' }, /endpoint/],
  [{ endpoint: 'ws://127.0.0.1/' }, /http:\/\//],
  [{ endpoint: 'http://me:secret@127.0.0.1/' }, /password/],
  [{ timeout: 'soon' }, /timeout/],
  [{ app_kye: 'x' }, /app_key/],
])('%j is refused in a sentence', async (settings, sentence) => {
  const faults = await faultsOf({ ...keys, ...settings })

  expect(faults).toEqual([expect.stringMatching(sentence)])
  expect(faults.join('')).not.toContain('me:secret')
})

test('every sentence for the host is whole in the log', () => {
  const sentences = Object.values(words).flatMap((own) => Object.values(own))

  expect(sentences.filter((sentence) => sentence.length > 200)).toEqual([])
})

test('the keys of the tutorial alone, without a file, are fine and get a word about the service', async () => {
  const { code, stdout, stderr } = await run([
    'check',
    '--bot-app-id',
    '1',
    '--bot-app-key',
    'CANARY',
  ])

  expect(code).toBe(0)
  expect(stdout).toContain('are fine.')
  expect(stderr).toContain(words.en.noEndpoint)
  expect(stderr).not.toContain('CANARY')
})

const open: Plugins[] = []
afterEach(async () => {
  for (const plugins of open.splice(0)) await plugins.close()
})

async function load(settings: Section['settings']) {
  const { log, entries } = testLog()
  const section: Section = {
    kind: 'bot',
    name: '老朋友',
    use: 'tencent-textchat',
    rooms: [],
    settings,
    lines: {},
  }
  const plugins = await loadPlugins([section], { dataDir: tmpdir(), lang: 'en', log })
  open.push(plugins)
  const warnings = entries.filter(({ level }) => level === 40).map(({ msg }) => String(msg))
  return { bots: plugins.bots, warnings }
}

async function faultsOf(settings: Section['settings']): Promise<readonly string[]> {
  const error = await load(settings).catch((error: unknown) => error)
  if (error instanceof StartError) return error.faults
  throw new Error('it was not refused', { cause: error })
}
