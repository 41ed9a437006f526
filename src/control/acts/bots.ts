import { z } from 'zod'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'

const about = z.object({ name: z.string().min(1) })

/** The bots that are members of a room, and how they fare. */
export const botList: ControlAct = async (_, { bots }) => ({ bots: bots?.roster() })

/** The last lines of the log about one of them. */
export const botLogs: ControlAct = async (args, { bots, recent }) => {
  const { name } = about.parse(args)
  if (!bots) return {}
  const lines = recent?.(name) ?? []
  const known = lines.length > 0 || bots.roster().some((bot) => bot.name === name)
  if (!known) throw new ControlError('noBot', { name })
  return { lines }
}
