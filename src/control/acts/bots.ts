import { z } from 'zod'
import { ruleBot } from '../../chat/bots/rule-bot.js'
import { policyChange } from '../../frames.js'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'
import { needRoom } from '../find.js'
import { keeper } from '../hands.js'

const ruled = z.object({ name: z.string(), room: z.string(), set: policyChange })
const about = z.object({ name: z.string().min(1) })

/** The bots that are members of a room, how they fare, and where new ones are looked for. */
export const botList: ControlAct = async (_, { bots, folder, lang }) => ({
  bots: bots?.roster(lang),
  missing: bots?.missing(lang),
  folder,
})

/** The last lines of the log about one of them. */
export const botLogs: ControlAct = async (args, { bots, recent, lang }) => {
  const { name } = about.parse(args)
  if (!bots) return {}
  const lines = recent?.(name) ?? []
  const names = [...bots.roster(lang), ...bots.missing(lang)].map((bot) => bot.name)
  const known = lines.length > 0 || names.includes(name)
  if (!known) throw new ControlError('noBot', { name })
  return { lines }
}

/** What a bot may do in a room, and from now on. Bots are there only while a server runs. */
export const botPolicy: ControlAct = async (args, hands) => {
  const { name, room: where, set } = ruled.parse(args)
  if (!hands.bots) throw new ControlError('botsNeedServer')
  const room = await needRoom(hands, where)
  const bot = room.members().find((one) => one.kind === 'bot' && one.name === name)
  if (!bot) throw new ControlError('noBotThere', { name, room: where })
  const { chat } = hands
  return {
    bot: name,
    room: where,
    policy: await ruleBot({ room, bot, set }, keeper(chat), chat.deps),
  }
}
