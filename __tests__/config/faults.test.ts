import { expect, test } from '@jest/globals'
import { desk } from './desk.js'

test('all faults of all sources are told at once, each with its place', () => {
  const host = desk('[server]\nport = abc\nprot = 1\n\n[limits]\nburst = -1\n')
  const faults = host.refusal({ env: { CHAT_ROOM_LANGUAGE: 'fr' }, flags: { plain: ['perhaps'] } })

  expect(faults).toEqual([
    'config.ini:2: [server] port must be a whole number from 0 to 65535, not "abc".',
    'config.ini:3: [server] has no key prot; the nearest known one is port.',
    'config.ini:6: [limits] burst must be a whole number from 0 to 1000000000, not "-1".',
    'CHAT_ROOM_LANGUAGE ([server] language) must be one of auto, zh-CN, en, not "fr".',
    '--plain ([server] plain) must be yes or no, not "perhaps".',
  ])
})

test('the faults are told in Chinese to whoever reads Chinese', () => {
  expect(desk('[server]\nport = abc\n').refusal({ lang: 'zh-CN' })).toEqual([
    'config.ini:2: [server] port 应该是 0 到 65535 之间的整数，而不是“abc”。',
  ])
})

test('a certificate and a key that are none are told of before anything starts', () => {
  const host = desk('[server]\ntls_cert = cert.pem\ntls_key = key.pem\n')
  host.write('cert.pem', 'no certificate')
  host.write('key.pem', 'a secret that is no key')

  const told = host.refusal().join('\n')
  expect(told).toMatch(/^config\.ini:2: \[server\] tls_cert and the key .* PEM files/)
  expect(told).not.toContain('a secret')
})

test('a fault in the file is told although a flag would win', () => {
  expect(desk('[server]\nport = abc\n').refusal({ flags: { port: ['80'] } })).toHaveLength(1)
})

test.each([
  ['[session]\nsecret = abcd\n', 'needs at least 32 characters'],
  [`[session]\nsecret = ${'k'.repeat(40)}#${'k'.repeat(40)}\n`, 'holds a ; or #'],
  [`[session]\nsecret = ${'k'.repeat(40)} ; mine\n`, 'holds a ; or #'],
  [`[session]\nsecret[] = ${'k'.repeat(40)}\nsecret[] = kkkk\n`, 'config.ini:3: [session] secret'],
  ['[server]\nmetrics_token = "kkkk\n', 'quotes that do not match'],
  ['[server]\nmetrics_token = kkkk\nmetrics_token = kkkkk\n', 'given twice, first in line 2'],
  ['[bot:a]\nuse = openai\napi_key = kkkk#1\n', '[bot:a] api_key holds a ; or #'],
  ['[session]\nsecret = "kkkk\n  kkkkkk\n', 'neither a [section]'],
  ['[store]\nurl = postgres://me:kkkk@db/chat\n', 'must be empty or sqlite:PATH'],
])('a fault about a secret does not show it: %j', (ini, sentence) => {
  const told = desk(ini).refusal().join('\n')

  expect(told).toContain(sentence)
  expect(told).not.toContain('kkkk')
  expect(told).not.toContain('abcd')
})

test.each([
  [
    '[server]\nport = 1\n[rooms]\n[server]\n',
    'config.ini:4: [server] is there twice, first in line 1',
  ],
  ['[sever]\n', 'no section [sever]; the nearest known one is [server]'],
  ['[bot.bird]\n', 'the nearest known one is [bot:bird]'],
  ['[bot:]\n', '[bot:] lacks a name'],
  ['[__proto__]\n', 'no section [__proto__]'],
  ['[server]\n__proto__ = 1\n', 'config.ini:2'],
  ['[bot:a]\nuse = x\n__proto__ = 1\n', 'config.ini:3'],
  ['[server]\nsecret = x\n', 'has no key secret; it belongs to [session]'],
  ['port = 1\n', 'port stands before the first section'],
  ['[server]\nhost[] = a\n', 'takes a single value'],
  ['[server]\nport\n', 'has no value'],
  ['[server]\njust words here\n', 'neither a [section]'],
  ['[server]\ntitle = C#\n', 'holds a ; or #'],
  ['[server]\nport = 65536\n', 'from 0 to 65535'],
  ['[server]\nport = 80.5\n', 'from 0 to 65535'],
  ['[server]\nport =\n', 'from 0 to 65535'],
  ['[server]\nplain = maybe\n', 'must be yes or no'],
  ['[server]\norigins = chat.example.com\n', 'https://chat.example.com'],
  ['[server]\norigins = https://chat.example.com/room\n', 'scheme, host and port alone'],
  ['[server]\ntrust_proxy = 10.0.0.0/99\n', 'CIDR'],
  ['[server]\nbase_path = chat/\n', 'must start with a slash'],
  ['[server]\nhost = http://0.0.0.0\n', 'an IP address or a host name'],
  ['[session]\nttl = 10\n', 'must be a time such as'],
  ['[session]\nttl = 1s\n', 'must be at least 1m'],
  ['[store]\nurl = mysql:chat\n', 'other databases are not supported yet'],
  ['[bus]\nurl = redis://localhost\n', 'there is no bus yet'],
  ['[rooms]\nnames[] = a b\n', 'it cannot be "a b"'],
  ['[rooms]\ncreate = everyone\n', 'anyone, host, nobody'],
  ['[bot:a]\nhear = all\n', '[bot:a] lacks use'],
  ['[server]\ntls_cert = cert.pem\n', 'Please set [server] tls_key too'],
  ['[server]\ntls_cert = cert.pem\ntls_key = key.pem\n', 'names a file that is not there'],
])('%j is refused with its rule', (ini, sentence) => {
  expect(desk(ini).refusal().join('\n')).toContain(sentence)
})

test('a config file that is named must be there, be a file, and be in UTF-8', () => {
  const host = desk()
  host.write('gbk.ini', Buffer.from([0x5b, 0xc4, 0xe3, 0x5d]))
  const refusal = (name: string) => host.refusal({ flags: { config: [name] } })[0]

  expect(refusal('none.ini')).toMatch(/^--config names a file that is not there: .*none\.ini/)
  expect(refusal('.')).toMatch(/cannot be read: .*\(EISDIR\)/)
  expect(refusal('gbk.ini')).toMatch(/gbk\.ini is not in UTF-8/)
})

test('the data folder may not be a file', () => {
  const host = desk()
  host.write('data', 'a file')

  expect(host.refusal()[0]).toMatch(/^\[server\] data must be a folder, but .*data is a file/)
  expect(host.refusal({ flags: { data: ['data/of/mine'] } })[0]).toMatch(/^--data.* but .*data is a file/) // prettier-ignore
})

test('a slip in the name of a variable is worth a warning, a stranger is not', () => {
  const env = { CHAT_ROOM_PROT: '1', CHAT_ROOM_SERVICE_ADDRESS_OF_SOMETHING: 'x' }

  expect(desk().load({ env }).warnings).toEqual([
    'The environment variable CHAT_ROOM_PROT has no effect; the nearest known one is CHAT_ROOM_PORT.',
  ])
})

test('a secret in a file that others may read is warned about once, a variable is not', () => {
  const host = desk()
  const secret = 'k'.repeat(40)
  host.write(
    'open.ini',
    `[session]\nsecret = ${secret}\n[server]\nmetrics_token = ${secret}\n`,
    0o644,
  )
  host.write('closed.ini', `[session]\nsecret = ${secret}\n`, 0o600)
  host.write('variable.ini', '[session]\nsecret = ${SECRET}\n', 0o644)
  const warnings = (name: string) =>
    host.load({ flags: { config: [name] }, env: { SECRET: secret } }).warnings

  expect(warnings('open.ini')).toEqual([expect.stringContaining('chmod 600')])
  expect(warnings('closed.ini')).toEqual([])
  expect(warnings('variable.ini')).toEqual([])
})

test('a secret on the command line works, and is warned about', () => {
  const { config, warnings } = desk().load({
    flags: { 'session-secret': ['k'.repeat(32)], 'bot-app-key': ['kkkk'] },
  })

  expect(config.session.secret).toEqual(['k'.repeat(32)])
  expect(warnings.map((sentence) => /--[\w-]+/.exec(sentence)?.[0])).toEqual([
    '--session-secret',
    '--bot-app-key',
  ])
  expect(warnings.join()).not.toContain('kkkk')
})

test('how new rooms are kept is checked like everything else, all faults at once', () => {
  const ini =
    '[rooms]\ncreate = everybody\nslow = 7h\napproval = maybe\nunlisted = 2\nmath = KaTeX\n'
  expect(desk(ini).refusal()).toEqual([
    'config.ini:2: [rooms] create must be one of anyone, host, nobody, not "everybody".',
    'config.ini:3: [rooms] slow must be at most 6h, not "7h".',
    'config.ini:4: [rooms] approval must be yes or no, not "maybe".',
    'config.ini:5: [rooms] unlisted must be yes or no, not "2".',
    'config.ini:6: [rooms] math must be yes or no, not "KaTeX".',
  ])
})
