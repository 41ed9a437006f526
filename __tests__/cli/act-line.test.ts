import { expect, test } from '@jest/globals'
import { actForms } from '../../src/commands/acts.js'
import { readCommandLine } from '../../src/commands/flags.js'
import type { StartError } from '../../src/errors.js'
import type { Lang } from '../../src/i18n/index.js'

const read = (args: readonly string[], lang: Lang = 'en') =>
  readCommandLine(args, {
    commands: { serve: { help: 'x' }, ...actForms(lang) },
    lang,
    version: '1',
  })
const faults = (args: readonly string[]): Promise<readonly string[]> =>
  read(args).then(
    () => [],
    (error: StartError) => [String(error.exitCode), ...error.faults],
  )

test('words and flags of a command are its own, and those of the configuration stay so', async () => {
  const line = ['ban', 'add', 'bob', '--for', '2h', '--force', '--json', '--port', '81']
  expect(await read(line)).toEqual({
    command: 'ban add',
    given: { words: ['bob'], flags: { for: '2h', force: 'yes', json: 'yes' } },
    flags: { port: ['81'] },
  })
})

test('everything that is wrong is told at once', async () => {
  const line = ['ban', 'add', '--for', 'soon', '--by', 'face', '--adress', '1.2.3.4', 'x', 'y']
  expect(await faults(line)).toEqual([
    '64',
    'There is no option --adress; the nearest known one is --address. See --help for all.',
    '--by takes device, name and address, separated by commas, not "face".',
    'A time is written like 30s, 10m, 12h or 7d, not "soon".',
    '"y" after ban add is one word too many. Run one command at a time, and put a value with spaces in quotes.',
  ])
})

test.each([
  [
    ['user'],
    'user wants one of: list, role, mute, kick, waiting, approve. See chat-room user --help.',
  ],
  [['user', 'lsit'], 'There is no command user lsit; the nearest known one is user list. See --help for all.'], // prettier-ignore
  [['user', 'role', 'ada', 'king'], 'A role is host, mod or none, not "king".'],
  [['user', 'mute', 'ada'], 'TIME is missing.'],
  [['user', 'mute', 'ada', '0m'], 'A time is written like 30s, 10m, 12h or 7d, not "0m".'],
  [['user', 'mute', 'ada', '60d'], 'A mute lasts at most 30d. For longer, use chat-room ban add.'],
  [['ban', 'remove', 'x'], 'An id is a whole number, not "x".'],
  [['ban', 'add'], '[WHO] is missing.'],
  [['ban', 'add', '--address', 'there'], '--address must be an IP address, not "there".'],
  [['ban', 'add', 'x', '--for'], '--for lacks its value. Please write --for VALUE.'],
  [['bot', 'policy', 'x', 'lobby', '--mode', 'loud'], '--mode must be one of off, called, active, not "loud".'], // prettier-ignore
  [['bot', 'policy', 'x', 'lobby', '--quiet', '7-8'], '--quiet takes two different times of day, such as 22:00-07:00, or none, not "7-8".'], // prettier-ignore
  [['room', 'create'], 'ROOM is missing.'],
  [['room', 'set', 'den'], 'What should be set? Please give a setting, such as --announce yes.'],
  [['room', 'set', 'den', '--math', 'perhaps'], '--math must be yes or no, not "perhaps".'],
  [['room', 'set', 'den', '--slow', '7h'], 'Slow mode is at most 6h.'],
  [['invite', 'create', 'den', '--for', '30s'], '--for must be from 1m to 365d.'],
  [['invite', 'create', 'den', '--uses', '0'], '--uses must be a whole number from 1 to 10000, not "0".'], // prettier-ignore
  [['invite', 'revoke', 'den', 'x'], 'An id is a whole number, not "x".'],
  [['user', 'approve', 'ada'], 'ROOM is missing.'],
  [['report', 'done', 'x'], 'An id is a whole number, not "x".'],
  [['audit', '--last', '0'], '--last must be a whole number from 1 to 200, not "0".'],
  [['host-link', 'now'], '"now" after host-link is one word too many. Run one command at a time, and put a value with spaces in quotes.'], // prettier-ignore
])('%j says what is wrong', async (args, sentence) => {
  expect(await faults(args)).toEqual(['64', sentence])
})

test('a mute of 0 is none', async () => {
  expect(await faults(['user', 'mute', 'ada', '0'])).toEqual([])
})

test.each([
  ['en' as const, 'chat-room user mute WHO TIME [--room …] [--json]'],
  ['zh-CN' as const, 'chat-room user mute 谁 时间 [--room …] [--json]'],
])('help of a group is that of its commands (%s)', async (lang, line) => {
  const { output = '' } = await read(['user', '--help'], lang)
  expect(output.split('\n')).toContain(line)
  expect(output).not.toContain('--port')
})
