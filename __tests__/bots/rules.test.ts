import { expect, test } from '@jest/globals'
import { createBots } from '../../src/bots/bots.js'
import type { BotRules } from '../../src/chat/face.js'
import type { Hear } from '../../src/plugin.js'
import { checkTriggers } from '../../src/plugins/module/check-triggers.js'
import { bot, echo, listener, lobby } from './flock.js'
import { ada, grace, identities, testLog, TestRoom } from './world.js'

/** What a room lets its bots do, whatever they would do by themselves. */

const calledOnly: BotRules = { modeOf: () => 'called', refusal: () => undefined }

test.each<[Hear, string[]]>([
  ['all', ['@bird hi', 'bird, hi', '/own']],
  ['auto', ['@bird hi', 'bird, hi', '/own']],
  ['mention', ['@bird hi', 'bird, hi']],
  ['command', ['/own']],
])('a bot that hears by %s hears of this only what calls it', async (hear, expected) => {
  const { heard, definition } = listener('bird', { hear, menu: [{ name: 'own', aliases: [] }] })
  const all = listener('all')
  const { room, says, bots } = await lobby({ rules: calledOnlyFor(0) }, definition, all.definition)
  room.here = [ada, grace]
  for (const line of ['hi bird', '@bird hi', 'bird, hi', '/own', '/other']) {
    await says(ada, line)
    await bots.idle() // one after the other: few may wait
  }
  expect(all.heard).toHaveLength(5)
  expect(heard).toEqual(expected)
})

const calledOnlyFor = (id: number): BotRules => ({
  modeOf: (_, bot) => (bot === id ? 'called' : 'active'),
  refusal: () => undefined,
})

test('alone with one person it does not take every line for its own', async () => {
  const { heard, definition } = listener('bird', { hear: 'auto' })
  const { says, bots } = await lobby({ rules: calledOnly }, definition)
  await says(ada, 'hello')
  await says(ada, 'bird, hello')
  await bots.idle()
  expect(heard).toEqual(['bird, hello'])
})

test('its time comes only where it may speak by itself', async () => {
  const { log } = testLog()
  const [quiet, open] = [new TestRoom('quiet', 1), new TestRoom('open', 2)]
  let tick = () => {}
  const bots = await createBots({
    definitions: [bot('watch', echo, { triggers: { ...checkTriggers({}), timer: 60_000 } })],
    deliver: ({ room, ...say }) => (room.id === quiet.id ? quiet : open).store(say),
    identify: identities(),
    rooms: async () => [quiet, open],
    rules: {
      modeOf: ({ id }) => (id === quiet.id ? 'called' : 'active'),
      refusal: () => undefined,
    },
    every: (_, run) => {
      tick = run
      return () => {}
    },
    log,
  })
  tick()
  await open.until(() => open.events.length === 1)
  await bots.idle()
  expect(quiet.events).toEqual([])
  await bots.close()
})

test('what it begins to say once it is off is refused, and its log has the reason', async () => {
  let off = false
  const said: string[] = []
  const log = { debug() {}, info() {}, error() {}, warn: (line: string) => void said.push(line) }
  const late = bot(
    'bird',
    async (ctx) => {
      off = true
      await ctx.reply('too late').catch((error: unknown) => said.push(String(error)))
    },
    { log },
  )
  const rules: BotRules = { modeOf: () => (off ? 'off' : 'active'), refusal: () => undefined }
  const { room, says, bots } = await lobby({ rules }, late)
  await says(ada, 'hello')
  await bots.idle()

  expect(room.lines()).toEqual(['ada: hello'])
  expect(said[0]).toMatch(/not said: a moderator has turned this bot off/)
})
