import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { desk } from './desk.js'

test('plugins and bots come in the order of the file, with their lines', () => {
  const { plugins } = desk(
    '[bot:b]\nuse = offline\nhear = all\nfast\n\n[plugin:random-name]\nuse = random-name\nrooms = dev, ops\nwords[] = a\nwords[] = b, c\n',
  ).load().config

  expect(plugins).toEqual([
    {
      kind: 'bot',
      name: 'b',
      use: 'offline',
      rooms: [],
      settings: { hear: 'all', fast: true },
      lines: { use: 2, hear: 3, fast: 4 },
      line: 1,
    },
    {
      kind: 'plugin',
      name: 'random-name',
      use: 'random-name',
      rooms: ['dev', 'ops'],
      settings: { words: ['a', 'b, c'] },
      lines: { use: 7, rooms: 8, words: 9 },
      line: 6,
    },
  ])
})

test('a bot of the host takes the place of the bird, and nicknames stay', () => {
  const { plugins } = desk('[bot:b]\nuse = x\n').load().config

  expect(plugins.map(({ name }) => name)).toEqual(['random-name', 'b'])
})

test.each(['bot:机器人小小鸟', 'bot:小小鸟'])('--set finds the bird as %s', (name) => {
  const { plugins } = desk().load({ flags: { set: [`${name}.hear=all`] } }).config

  expect(plugins.at(-1)).toMatchObject({ name: '机器人小小鸟', settings: { hear: 'all' } })
})

test('--set reaches every section, keeps dots and equal signs, and makes a bot by its use', () => {
  const host = desk()
  const set = [
    'server.title=a=b.c',
    'bot:v1.5.mode=x',
    'bot:v1.5.use=./v.js',
    'rooms.names[]=dev',
    'rooms.names[]=ops',
  ]
  const { config } = host.load({ flags: { set } })

  expect(config.server.title).toBe('a=b.c')
  expect(config.rooms.names).toEqual(['dev', 'ops'])
  expect(config.plugins.at(-1)).toMatchObject({
    kind: 'bot',
    name: 'v1.5',
    use: join(host.folder, 'v.js'),
    settings: { mode: 'x' },
  })
})

test('--set names the nearest when it misses, and never the value', () => {
  expect(
    desk().refusal({ flags: { set: ['bot:大鸟.hear=kkkk', 'server.prot=kkkk', 'kkk=kkkk'] } }),
  ).toEqual([
    '--set must read "SECTION.KEY=VALUE", such as --set "bot:小小鸟.hear=all", not "kkk".',
    '--set: [server] has no key prot; the nearest known one is port.',
    '--set: There is no section [bot:大鸟]; the nearest known one is [bot:机器人小小鸟].',
  ])
})

test('the keys of the Tencent bot go to the first of its kind', () => {
  const host = desk('[bot:a]\nuse = offline\n[bot:b]\nuse = tencent-textchat\n')
  const { plugins } = host.load({
    flags: { 'bot-app-id': ['7'] },
    env: { CHAT_ROOM_BOT_APP_KEY: 'k' },
  }).config

  expect(plugins.map(({ settings }) => settings)).toEqual([{}, {}, { app_id: '7', app_key: 'k' }])
})

test('without a Tencent bot its keys make one', () => {
  const { plugins } = desk().load({ env: { CHAT_ROOM_BOT_APP_ID: '7' } }).config

  expect(plugins.at(-1)).toMatchObject({
    kind: 'bot',
    use: 'tencent-textchat',
    settings: { app_id: '7', hear: 'mention' },
  })
})

test('[bot] without a name holds the keys of the Tencent bot, and may hold nothing else', () => {
  const file = desk('[bot]\napp_id = 7\napp_key = k\n')
  const { plugins } = file.load({ env: { CHAT_ROOM_BOT_APP_KEY: 'env' } }).config

  expect(plugins.map(({ name }) => name)).toEqual(['random-name', '机器人小小鸟', '老朋友'])
  expect(plugins.at(-1)?.settings).toEqual({ app_id: '7', app_key: 'env', hear: 'mention' })
  expect(desk('[bot]\napp_id = 7\nuse = offline\n').refusal()).toEqual([
    expect.stringContaining('1: [bot] lacks a name.'),
  ])
})
