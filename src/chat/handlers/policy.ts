import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { ruleBot } from '../bots/rule-bot.js'
import { actor } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'

/** What a bot may do in a room, set by its moderators. */
export const policy: RoomHandler<'policy'> = async ({ frame, room, connection }, deps) => {
  const { cid, bot: botId, mode, callers, quiet } = frame
  const bot = room.members().find(({ id, kind }) => id === botId && kind === 'bot')
  if (!bot) throw new ChatError('no_such_user')
  const by = { user: connection.user, actor: actor(connection) }
  const now = await ruleBot({ room, bot, set: { mode, callers, quiet } }, by, deps)
  connection.send(ack(cid, { room: room.name, bot: botId, policy: now }))
}
