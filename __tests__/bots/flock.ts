import { afterEach } from '@jest/globals'
import { createBots, type Bots } from '../../src/bots/bots.js'
import type { BotDefinition } from '../../src/bots/definition.js'
import type { BotRules } from '../../src/chat/face.js'
import type { Middleware, PluginLog } from '../../src/plugin.js'
import type { User } from '../../src/protocol.js'
import { identities, testLog, TestRoom } from './world.js'

/** Bots of a test's own making, in a room of its own. They are closed after the test. */

export const silent: PluginLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export const echo: Middleware = async (ctx, next) => {
  await next()
  await ctx.reply(`you said ${ctx.message.text}`)
}

export const bot = (
  name: string,
  chain: Middleware,
  more: Partial<BotDefinition> = {},
): BotDefinition => ({
  name,
  aliases: [],
  rooms: [],
  hear: 'all',
  hearBots: false,
  timeout: 30_000,
  chain: [chain],
  log: silent,
  ...more,
})

let bots: Bots | undefined
afterEach(async () => bots?.close())

/** A lobby with these bots, who hear what is stored and speak into the same room. */
export async function lobby(...given: [BotDefinition | { rules: BotRules }, ...BotDefinition[]]) {
  const [rules] = given.flatMap((one) => ('rules' in one ? one.rules : []))
  const definitions = given.flatMap((one) => ('rules' in one ? [] : one))
  const room = new TestRoom()
  const { log, said, lines, entries } = testLog()
  let now = 0
  const made = await createBots({
    definitions,
    deliver: (say) => (say.room instanceof TestRoom ? say.room : room).store(say),
    identify: identities(),
    ...(rules && { rules }),
    log,
    clock: { now: Date.now, steady: () => now },
  })
  bots = made
  room.called = (name) => made.called({ name })
  room.heard = (event) => made.hear(event, room, 'en')
  let count = 0
  const says = (user: User, data: string, more: { reply_to?: number } = {}) => {
    count += 1
    return room.store({ user, cid: `line-${count}`, data, ...more })
  }
  return {
    room,
    says,
    bots: made,
    logged: said,
    log: lines,
    entries,
    pass: (ms: number) => (now += ms),
  }
}

/** A bot that keeps what it hears and answers nothing; each message can be waited for. */
export function listener(name: string, more: Partial<BotDefinition> = {}) {
  const heard: string[] = []
  const definition = bot(name, (ctx) => void heard.push(ctx.message.text), more)
  return { heard, definition }
}
