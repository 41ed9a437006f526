import { ChatError } from '../../errors.js'
import type { NumberedEvent } from '../../protocol.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import { calls } from './descent.js'
import type { Policies } from './policies.js'
import type { Room } from '../room.js'

/** @throws {ChatError} `denied`: a bot's program may read here only what it is told. */
export function mayLookBack(
  { user, grant }: Connection,
  room: Room,
  { policies }: Pick<ChatDeps, 'policies'>,
): void {
  if (grant && !policies.mayLookBack(room, user.id))
    throw new ChatError('denied', { why: 'unheard' })
}

/**
 * May a bot's program be told of an event, as the room's moderators have it now?
 * @param event Absent: something that is not numbered.
 */
export function mayHear(
  policies: Pick<Policies, 'modeOf' | 'refusal'>,
  room: Room,
  bot: number,
  event: NumberedEvent | undefined,
): boolean {
  if (event?.user.id === bot) return true
  const mode = policies.modeOf(room, bot)
  if (!event) return mode === 'active'
  if (policies.refusal(room, bot, event.user)) return false
  if (mode === 'active' || room.two) return true
  return mode === 'called' && (calls(bot, event) || event.type === 'recall')
}
