import { expect, test } from '@jest/globals'
import { createBots } from '../../src/bots/bots.js'
import type { BotDefinition } from '../../src/bots/definition.js'
import type { Middleware } from '../../src/plugin.js'
import { checkTriggers } from '../../src/plugins/module/check-triggers.js'
import { identities, testLog, TestRoom } from './world.js'

/** Bots whose time comes; the test is the clock. */

async function house(run: Middleware) {
  const { log } = testLog()
  const room = new TestRoom()
  const ticks = new Set<() => void>()
  const lengths: number[] = []
  let now = 0
  const definition = (timer: number, chain: Middleware[]): BotDefinition => ({
    name: 'watch',
    aliases: [],
    rooms: [],
    hear: 'mention',
    hearBots: false,
    timeout: 1_000,
    chain,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    triggers: { ...checkTriggers({}), timer },
  })
  const bots = await createBots({
    definitions: [definition(60_000, [run])],
    deliver: (say) => room.store(say),
    identify: identities(),
    rooms: async () => [room, new TestRoom('elsewhere')],
    every: (ms, tick) => {
      lengths.push(ms)
      ticks.add(tick)
      return () => void ticks.delete(tick)
    },
    lang: 'zh-CN',
    clock: { now: () => now, steady: () => now },
    log,
  })
  const tick = (at = 0) => {
    now = at
    for (const each of ticks) each()
  }
  return { bots, room, lengths, definition, tick }
}

test('it speaks in each of its rooms, as itself, again and again, by the time of the server', async () => {
  const { bots, room, tick, lengths } = await house(async (ctx) => {
    if (ctx.room.name !== 'lobby') return
    const { at, text } = ctx.message
    await ctx.reply([ctx.trigger?.kind, ctx.user.name, ctx.lang, at, text].join('|'))
  })

  tick(1)
  await room.until(() => room.events.length === 1)
  tick(60_001)
  await room.until(() => room.events.length === 2)

  expect(lengths).toEqual([60_000])
  expect(room.lines()).toEqual(['watch: timer|watch|zh-CN|1|', 'watch: timer|watch|zh-CN|60001|'])
  await bots.close()
})

test('another version has its own time, and one that left has none', async () => {
  const said =
    (word: string): Middleware =>
    async (ctx) => {
      if (ctx.room.name === 'lobby') await ctx.reply(word)
    }
  const { bots, room, tick, definition, lengths } = await house(said('old'))

  await bots.put(definition(10_000, [said('new')]))
  tick()
  await room.until(() => room.events.length === 1)
  bots.remove('watch')
  tick()
  await bots.close()

  expect(lengths).toEqual([60_000, 10_000])
  expect(room.lines()).toEqual(['watch: new'])
})
