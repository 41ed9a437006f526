import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { Heard, Recall } from './face.js'
import type { Journal } from './journal.js'
import { receivedOf } from './received.js'
import type { Rooms } from './rooms.js'
import { tellBots } from './tell-bots.js'

export interface TakeBackOptions {
  rooms: Rooms
  journal: Journal
  /** Told after it is durable. */
  heard: Heard
  log: Logger
}

/** A recall by somebody who has no connection, such as a bot. */
export const createTakeBack = ({ rooms, journal, heard, log }: TakeBackOptions): Recall =>
  async function takeBack({ room: { name }, user, cid, message, lang }) {
    const room = rooms.open(name)
    if (!room) throw new ChatError('no_such_room')
    const received = receivedOf({ type: 'recall', message })
    const entry = { room, type: 'recall' as const, user, cid, data: '', received }
    const written = await journal.write({ ...entry, extra: { message } })
    if (written?.event) tellBots(written.event, { room, lang, heard, log })
  }
