import type { Logger } from '../log.js'
import type { EventExtra } from '../protocol.js'
import { ack } from './answers.js'
import type { Heard } from './face.js'
import type { Journal } from './journal.js'
import type { FrameContext } from './pipeline.js'
import { receivedOf } from './received.js'
import type { Room } from './room.js'
import { tellBots } from './bots/tell-bots.js'

export interface ChangeOptions {
  journal: Journal
  /** Told after it is durable. */
  heard: Heard
  log: Logger
}

/** A frame that changes an earlier message, or the room, and brings no text for the plugins to look at. */
export type ChangeContext = FrameContext<'recall' | 'react' | 'answer' | 'pin' | 'topic'> & {
  room: Room
}

/**
 * Has it numbered and stored, answers it, and tells the bots.
 * @returns whether it changed anything.
 * @throws {ChatError} what the journal says.
 */
export type Change = (
  ctx: ChangeContext,
  event: { data: string; extra?: EventExtra },
) => Promise<boolean>

/** Rights and windows were looked at before; what may race is decided by the store. */
export const createChange = ({ journal, heard, log }: ChangeOptions): Change =>
  async function change({ frame, room, connection, queued }, event) {
    const { type, cid } = frame
    const { user, lang } = connection
    const taken = journal.write({ room, type, user, cid, received: receivedOf(frame), ...event })
    queued()
    const written = await taken

    const { form } = event.extra ?? {}
    if (written?.event)
      tellBots({ ...written.event, ...(form && { form }) }, { room, lang, heard, log })
    const { seq, at } = written ?? {}
    const dup = !written?.event && { dup: true }
    connection.send(ack(cid, { room: room.name, ...(written && { seq, at }), ...dup }))
    return written?.event !== undefined
  }
