import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { Handler } from '../pipeline.js'

/** How much of a bot somebody wants to see, wherever it speaks, on all their devices. */
export const volume: Handler<'volume'> = async ({ frame, connection }, deps) => {
  const { cid, bot, level } = frame
  const { attention, telling, connections } = deps
  if (!deps.bot(bot)) throw new ChatError('no_such_user')
  const { id } = connection.user
  await deps.power.setVolume(id, bot, level)
  const recounted = await attention.turn(id, bot, level)
  telling.others(connection, { type: 'volume', bot, level })
  connection.send(ack(cid, { bot, level }))
  if (!recounted) return
  for (const each of connections.listeningTo(id)) each.send(telling.heads(each))
}
