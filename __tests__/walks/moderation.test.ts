import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

/** A plugin that its host lets mute people and take their lines back. */

const guard = { use: 'moderation', words: '坏话', warnings: 1, moderates: true }

test('who goes on is muted: the moderators see by whom, and the server refuses more', async () => {
  const world = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'plugin:guard': guard },
    lang: 'zh-CN',
  })
  const { ada, grace } = world
  await world.gives(grace, 'host')

  await expect(ada.says('坏话')).rejects.toMatchObject({ code: 'denied' })
  await expect(ada.says('你好')).rejects.toMatchObject({ code: 'muted' })

  const { entries } = await grace.request({ type: 'audit', limit: 10 })
  expect(entries?.find(({ action }) => action === 'mute')).toMatchObject({
    by: { name: 'guard' },
    target: { name: 'ada' },
  })
})

test('who has a role is refused, and not muted', async () => {
  const world = await lobby({ people: ['ada'], plugins: { 'plugin:guard': guard } })
  const { ada } = world
  await world.gives(ada, 'host')
  await expect(ada.says('坏话')).rejects.toMatchObject({ code: 'denied' })
  await ada.says('hello')
  expect(await ada.hears()).toEqual(['ada: hello'])
})

test('a flood is taken back for everybody', async () => {
  const world = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'plugin:guard': { ...guard, flood: 2 } },
  })
  const { ada, grace } = world
  await ada.says('1')
  await ada.says('2')
  await expect(ada.says('3')).rejects.toMatchObject({ code: 'denied' })
  for (const _ of [1, 2]) await grace.next((frame) => frame.type === 'recall')
  const { events } = await grace.request({ type: 'history', room: 'lobby', limit: 10 })
  expect(events?.map(({ data, recalled }) => [data, recalled])).toEqual([
    ['', true],
    ['', true],
  ])
})

const meddler = `export default async (ctx, next) => {
  await next()
  const tried = async (work) => work().then(() => 'did', (error) => error.message)
  await ctx.reply([
    await tried(() => ctx.edit(ctx.message.id, 'mine')),
    await tried(() => ctx.mute(60000)),
    await tried(() => ctx.recall(ctx.message.id)),
  ].join('|'))
}`

test('a bot without that right may not, and nobody may edit another’s line', async () => {
  const world = await lobby({ people: ['ada'], files: { 'bots/meddler.js': meddler } })
  const { ada } = world
  await ada.says('hello')
  const answer = await ada.next((frame) => frame.type === 'chat' && frame.user.name === 'meddler')
  const wants = 'needs moderates = yes in its section of config.ini'
  const why = [
    "message 1 of this room is not one of this bot's: nobody may edit what others said",
    `ctx.mute: this ${wants}`,
    `message 1 of this room is not one of this bot's: to take back what others said, it ${wants}`,
  ]
  expect(answer).toMatchObject({ data: why.join('|') })
  expect((await ada.hears())[0]).toBe('ada: hello')
})

test('a bot in the worker may, if its section says so, but not edit, and what it says then is heard', async () => {
  const world = await lobby({
    people: ['ada'],
    files: { 'meddler.js': meddler },
    plugins: { 'bot:meddler': { use: './meddler.js', hear: 'all', moderates: true } },
  })
  const { ada } = world
  await ada.says('hello')
  await ada.next((frame) => frame.type === 'recall')
  const { events } = await ada.request({ type: 'history', room: 'lobby', limit: 10 })
  expect(events?.[0]).toMatchObject({ data: '', recalled: true })
  await expect(ada.says('more')).rejects.toMatchObject({ code: 'muted' })
  const answer = await ada.next((frame) => frame.type === 'chat' && frame.user.name === 'meddler')
  expect(answer).toMatchObject({ data: expect.stringMatching(/\|did\|did$/) })
})
