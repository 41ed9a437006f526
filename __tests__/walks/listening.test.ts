import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const home = { use: 'openai', base_url: 'http://127.0.0.1:9/v1', model: 'any' }
const own = `export default {
  name: 'own',
  api: 1,
  setup(host) {
    host.command('deploy', () => 'deployed')
    host.bot((ctx) => {
      if (ctx.message.text.includes('break')) throw Object.assign(new Error(ctx.message.text), { kind: 'weather' })
      if (ctx.message.text.includes('die')) process.exit(1)
      ctx.failed('note', { text: ctx.message.text })
      return ctx.reply('here')
    }, { hear: 'mention' })
  },
}`

test('everybody in a room can ask who listens, and where it goes', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    plugins: {
      'bot:小小鸟': { use: 'offline', alias: '鸟' },
      'bot:home': { ...home, hear: 'all' },
      'bot:away': { ...home, base_url: 'https://api.example.com/v1', api_key: 'sk-secret' },
      'bot:own': { use: './own.mjs' },
      'bot:builds': { use: 'webhook-in', token: 'a-token-of-builds' },
      'bot:qq': { use: 'onebot11', token: 'a-token-of-onebot' },
      'bot:dev': { use: 'offline', rooms: ['Dev'] },
    },
    files: { 'own.mjs': own },
  })
  const answer = await ada.request({ type: 'bots', room: 'lobby' })

  expect(answer.bots).toMatchObject([
    {
      id: 0,
      name: '小小鸟',
      hear: 'auto',
      aliases: ['鸟'],
      away: { to: 'machine' },
      streams: false,
    },
    { name: 'home', hear: 'all', away: { to: 'machine' }, streams: true, commands: [] },
    { name: 'away', away: { to: 'internet', hosts: ['api.example.com'] } },
    { name: 'own', hear: 'mention', away: { to: 'unknown' }, commands: ['deploy'] },
    { name: 'builds', hear: 'none', away: { to: 'machine' } },
    { name: 'qq', hear: 'all', away: { to: 'unknown' } }, // its program hears every line
  ])
  expect(answer.bots?.[0]?.commands).toContain('roll')
  expect(JSON.stringify(answer)).not.toMatch(/sk-secret|\/v1|:9|answered|failed/)
})

test('a bot is in its rooms however the host wrote them', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    plugins: { 'bot:dev': { use: 'offline', rooms: ['Dev', 'ＯＰＳ'], hear: 'all' } },
  })
  await ada.join('dev')
  await ada.says('hello', { room: 'dev' })
  await ada.next((frame) => frame.type === 'chat' && frame.user.name === 'dev')

  const listening = async (room: string) => (await ada.request({ type: 'bots', room })).bots?.length
  await ada.join('ops')
  expect([await listening('ops'), await listening('lobby')]).toEqual([1, 0])
})

test('who is not in a room cannot ask who listens there', async () => {
  const { ada } = await lobby({ people: ['ada'], config: { 'rooms.names': ['dev'] } })
  await expect(ada.request({ type: 'bots', room: 'dev' })).rejects.toMatchObject({
    code: 'not_joined',
  })
})

test('how bots fare is told to who has a role everywhere, not to who made the room', async () => {
  const world = await lobby({
    people: ['ada', 'grace', 'bob'],
    plugins: { 'bot:bird': { use: './bird.mjs' } },
    files: { 'bird.mjs': 'export default (ctx) => ctx.reply("here")' },
  })
  const { ada, grace, bob } = world
  await world.gives(ada, 'host')
  await world.gives(bob, 'mod')
  await grace.join('hers')
  await Promise.all([ada.join('hers'), bob.join('hers')])
  await grace.says('@bird hello', { room: 'hers' })
  await grace.next((frame) => frame.type === 'chat' && frame.user.name === 'bird')
  const told = async (person: Person) =>
    (await person.request({ type: 'bots', room: 'hers' })).bots?.[0]

  expect(await told(grace)).not.toHaveProperty('failed')
  for (const person of [ada, bob]) expect(await told(person)).toMatchObject({ failed: 0 })
})

test('a bot in the worker fails under its own kind, and people read a line', async () => {
  const { ada, logged } = await lobby({
    people: ['ada'],
    plugins: { 'bot:own': { use: './own.mjs' } },
    files: { 'own.mjs': own },
  })
  const kinds = () => logged.map((line) => JSON.parse(line)).flatMap(({ kind }) => kind ?? [])
  const answer = () => ada.next((frame) => frame.type === 'chat' && frame.user.name === 'own')
  await ada.says('@own hello')
  expect(await answer()).toMatchObject({ data: 'here' })
  await ada.says('@own break')
  expect(await answer()).toMatchObject({ data: expect.stringContaining('went wrong') })
  await ada.says('@own die')
  expect(await answer()).toMatchObject({ data: expect.stringContaining('went wrong') })

  expect(kinds()).toEqual(['note', 'weather', 'worker'])
})
