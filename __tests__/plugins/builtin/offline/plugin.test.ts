import { expect, test } from '@jest/globals'
import type { Bot, BotContext, PluginHost } from '../../../../src/plugin.js'
import offline from '../../../../src/plugins/builtin/offline/index.js'
import { ada, bot, lin } from './aviary.js'

const noFiles: string[] = []
const settings = {
  alias: ['小小鸟'],
  hear: 'auto',
  brain: noFiles,
  time_zone: '',
  greeting: '',
}

test('it is a member that hears what the section says, under its aliases', async () => {
  const { options } = await start({ ...settings, hear: 'mention' })

  expect(options).toMatchObject({ hear: 'mention', aliases: ['小小鸟'], leaves: [] })
  expect(options).toHaveProperty(
    'commands',
    expect.arrayContaining([expect.objectContaining({ name: 'roll' })]),
  )
})

test('it lets the message go on, then answers it', async () => {
  const { middleware } = await start(settings)

  const said = await tell(middleware, '@小小鸟 1+1')

  expect(said).toEqual(['next', expect.stringContaining('1 + 1 = 2')])
})

test('it calls itself by its alias', async () => {
  const { middleware } = await start({ ...settings, alias: ['啾啾'] })

  expect(await tell(middleware, '你叫什么')).toEqual(['next', expect.stringContaining('啾啾')])
})

test('where it has nothing to say it sends nothing', async () => {
  const { middleware } = await start(settings)

  expect(await tell(middleware, '/deploy')).toEqual(['next'])
})

test('a wrong time zone or brain file stops the start with a sentence', async () => {
  await expect(start({ ...settings, time_zone: 'Mars' })).rejects.toThrow(/Mars.*Asia\/Shanghai/)
  await expect(start({ ...settings, brain: ['/nowhere.txt'] })).rejects.toThrow(/nowhere\.txt/)
})

async function start(config: typeof settings) {
  const bots: { middleware: Bot; options: unknown }[] = []
  const host: Partial<PluginHost> = {
    name: bot.name,
    bot: (middleware, options) => {
      bots.push({ middleware, options })
    },
  }
  await offline.setup(host as PluginHost, config)
  const [registered] = bots
  if (!registered) throw new Error('no bot registered')
  return registered
}

/** What happened, in order: `next`, and what the bot replied. */
async function tell(middleware: Bot, text: string): Promise<string[]> {
  const happened: string[] = []
  const ctx: Partial<BotContext> = {
    room: { name: 'lobby', title: '', members: () => [bot, lin, ada], history: async () => [] },
    user: lin,
    message: { id: 1, at: 0, hop: 0, text, mentions: [] },
    lang: 'zh-CN',
    reply: async (words) => happened.push(words),
  }
  await middleware(ctx as BotContext, async () => {
    happened.push('next')
  })
  return happened
}
