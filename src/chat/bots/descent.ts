import { ChatError } from '../../errors.js'
import { MAX_HOP, type NumberedEvent } from '../../protocol.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import type { Say } from '../face.js'
import type { Room } from '../room.js'

/**
 * What the line of a bot's program descends from: of one that answers nothing, nobody knows.
 * @throws {ChatError} `denied`: it would answer bots that answer each other, or the moderators want it to speak
 * only when it is called.
 */
export async function descent(
  {
    connection,
    room,
    answers,
  }: { connection: Connection; room: Room; answers?: number | undefined },
  { policies }: ChatDeps,
): Promise<Pick<Say, 'cause' | 'hop'>> {
  const { user } = connection
  const answered = answers === undefined ? undefined : await room.bySeq(answers)
  const called = answered && calls(user.id, answered)
  const ofTwo = room.two !== undefined
  if (policies.modeOf(room, user.id) === 'called' && !called && !ofTwo)
    throw new ChatError('denied', { why: 'uncalled' })
  if (!answered) return { hop: 1 }
  if (answered.user.kind === 'person') return { hop: 1, cause: answered.seq }
  const hop = (answered.hop ?? 1) + 1
  if (hop > MAX_HOP) throw new ChatError('denied', { why: 'loop' })
  return { hop, ...(answered.cause !== undefined && { cause: answered.cause }) }
}

/** Is this said to the bot? */
export const calls = (bot: number, { mentions = [], reply }: NumberedEvent): boolean =>
  mentions.includes(bot) || reply?.user.id === bot
