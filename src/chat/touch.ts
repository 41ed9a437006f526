import { ChatError } from '../errors.js'
import { fillSpaced, spell, texts } from '../i18n/index.js'
import type { NumberedEvent } from '../protocol.js'
import type { ChatDeps } from './deps.js'
import type { Connection } from './connection.js'
import { mayTouch } from './rights.js'
import type { Room } from './room.js'

export interface TouchOptions {
  connection: Connection
  room: Room
  /** Number of the message. */
  message: number
}

/**
 * The message that somebody wants to edit or take back, if they may.
 * @throws {ChatError} `no_such_message`, `denied`, `too_late`.
 */
export async function touch(
  action: 'edit' | 'recall',
  { connection, room, message }: TouchOptions,
  { order, limits, clock }: ChatDeps,
): Promise<NumberedEvent> {
  const said = await room.bySeq(message)
  if (said?.type !== 'chat') throw new ChatError('no_such_message')

  const window = limits[`${action}_ms`]
  const late = window > 0 && clock.now() - said.at > window
  const own = said.user.id === connection.user.id
  const refusal = mayTouch(action, order.asking(connection, room), { own, late })
  if (!refusal) return said
  if (refusal.code !== 'too_late') throw refusal

  const { lang } = connection
  const sentence = fillSpaced(texts[lang].tooLate[action], { time: spell(window, lang) })
  throw new ChatError('too_late', { sentence })
}
