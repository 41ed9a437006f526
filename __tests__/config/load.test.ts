import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { desk } from './desk.js'

test('without any file the defaults hold, with a nickname generator and the bird', () => {
  const host = desk()
  const { config, warnings } = host.load()

  expect(config.server).toMatchObject({ host: '0.0.0.0', port: 8088, plain: false, origins: [] })
  expect(config.server.data).toBe(join(host.folder, 'data'))
  expect(config.session.ttl).toBe(30 * 24 * 60 * 60 * 1000)
  expect(config.limits).toMatchObject({ messages_per_minute: 100, upload_bytes: 10_485_760 })
  expect(config.plugins.map(({ kind, name, use }) => [kind, name, use])).toEqual([
    ['plugin', 'random-name', 'random-name'],
    ['bot', '机器人小小鸟', 'offline'],
  ])
  expect(warnings).toEqual([])
})

test('the file wins over the default, the environment over the file, the flag over all', () => {
  const host = desk('[server]\nport = 2\ntitle = file\nhost = 10.0.0.2\n')
  const env = { CHAT_ROOM_HOST: '10.0.0.3', CHAT_ROOM_PORT: '3' }
  const { server } = host.load({ env, flags: { port: ['4'] } }).config

  expect(server).toMatchObject({ language: 'auto', title: 'file', host: '10.0.0.3', port: 4 })
})

test('an empty variable counts as absent', () => {
  const { config } = desk('[server]\nport = 2\n').load({ env: { CHAT_ROOM_PORT: '' } })

  expect(config.server.port).toBe(2)
})

test('a variable may name the config file, and the flag wins over it', () => {
  const host = desk()
  host.write('a.ini', '[server]\nport = 1\n')
  host.write('b.ini', '[server]\nport = 2\n')
  const env = { CHAT_ROOM_CONFIG: 'a.ini' }

  expect(host.load({ env }).config.server.port).toBe(1)
  expect(host.load({ env, flags: { config: ['b.ini'] } }).config.server.port).toBe(2)
  expect(host.load({ env }).config.file).toBe(join(host.folder, 'a.ini'))
})

test('paths count from the file that names them, and from the working folder elsewhere', () => {
  const host = desk(
    '[server]\ndata = ./a\n[store]\nurl = sqlite:chat.db\n[bot:x]\nuse = ./bots/x.js\n',
  )
  const { config } = host.load({ flags: { config: [join(host.folder, 'config.ini')] } })

  expect(config.server.data).toBe(join(host.folder, 'a'))
  expect(config.store.url).toBe(`sqlite:${join(host.folder, 'chat.db')}`)
  expect(config.plugins.at(-1)?.use).toBe(join(host.folder, 'bots/x.js'))
})

test('a list is written a line an item, or in one line with commas', () => {
  const { config } = desk(
    '[rooms]\nnames[] = dev\nnames[] = 闲聊\n[server]\norigins = https://a.example, http://b.example:81\n',
  ).load()

  expect(config.rooms.names).toEqual(['dev', '闲聊'])
  expect(config.server.origins).toEqual(['https://a.example', 'http://b.example:81'])
})

test.each([
  ['90s', 90_000],
  ['2m', 120_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['60000ms', 60_000],
])('a time is written as %s', (text, ms) => {
  expect(desk(`[session]\nttl = ${text}\n`).load().config.session.ttl).toBe(ms)
})

test.each(['yes', 'true', 'on', '1', 'YES'])('a switch is on by %s', (word) => {
  expect(desk(`[server]\nplain = ${word}\n`).load().config.server.plain).toBe(true)
})

test('a bare key turns a switch on', () => {
  expect(desk('[server]\nplain\n').load().config.server.plain).toBe(true)
})

test('${NAME} is taken from the environment, and only names of variables are', () => {
  const host = desk('[server]\ntitle = ${TEAM} at ${5}\n')

  expect(host.load({ env: { TEAM: 'ops' } }).config.server.title).toBe('ops at ${5}')
  expect(host.refusal()).toEqual([
    'config.ini:2: [server] title needs the environment variable TEAM, which is not set. Set it, or write the value itself.',
  ])
})

test('quotes keep what ini would cut, and a comment behind a value is no part of it', () => {
  const host = desk(
    '[server]\ntitle = "C# \\"club\\" ;-)"\nport = 9000 ; ours\n[bot:a] ; mine\nuse = x\n',
  )
  const { config, warnings } = host.load()

  expect(config.server).toMatchObject({ title: 'C# "club" ;-)', port: 9000 })
  expect(warnings).toEqual([
    'config.ini:3: [server] port: the part from the ; or # on was taken for a comment. If it belongs to the value, put the whole value in quotes.',
  ])
})

test('a file saved on Windows, with a byte order mark, reads the same', () => {
  expect(desk('\uFEFF[server]\r\nport = 81\r\n').load().config.server.port).toBe(81)
})

test('nobody changes the configuration once it is read', () => {
  const { config } = desk('[bot:a]\nuse = x\nrooms[] = dev\n').load()

  expect(() => config.server.origins.push('https://evil.example')).toThrow(TypeError)
  expect(() => config.plugins.at(-1)?.rooms.pop()).toThrow(TypeError)
  expect(Object.isFrozen(config.limits)).toBe(true)
})
