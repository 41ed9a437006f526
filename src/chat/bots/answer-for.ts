import { ChatError } from '../../errors.js'
import type { Logger } from '../../log.js'
import type { AnswerFor, Heard } from '../face.js'
import type { Journal } from '../journal.js'
import { receivedOf } from '../received.js'
import type { Rooms } from '../rooms.js'
import { tellBots } from './tell-bots.js'

export interface AnswerForOptions {
  rooms: Rooms
  journal: Journal
  /** Told after it is durable. */
  heard: Heard
  log: Logger
}

/** An answer that no frame brought: a bot's command stands for it. */
export const createAnswerFor = ({ rooms, journal, heard, log }: AnswerForOptions): AnswerFor =>
  async function answerFor({ room: { name }, user, cid, message, choices: given, lang }) {
    const room = rooms.open(name)
    if (!room) throw new ChatError('no_such_room')
    const choices = [...new Set(given)]
    const received = receivedOf({ type: 'answer', message, choices })
    const entry = { room, type: 'answer' as const, user, cid, data: '', received }
    const written = await journal.write({ ...entry, extra: { message, choices } })
    if (written?.event) tellBots(written.event, { room, lang, heard, log })
  }
