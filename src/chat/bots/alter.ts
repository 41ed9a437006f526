import { ChatError } from '../../errors.js'
import type { Lang } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { EventExtra } from '../../protocol.js'
import type { Heard, Recall } from '../face.js'
import type { Journal } from '../journal.js'
import type { Keeper } from '../keep.js'
import { noteAct } from '../order/acts.js'
import type { Order } from '../order/order.js'
import { seeToMessage } from '../order/report.js'
import { receivedOf } from '../received.js'
import type { Room } from '../room.js'
import type { Rooms } from '../rooms.js'
import { tellBots } from './tell-bots.js'

/** What is to be another than before. */
export type Altering =
  | { type: 'topic'; data: string }
  | { type: 'pin'; message: number; on: boolean }
  | { type: 'recall'; message: number }

/** Who wants it, and where. */
export interface Altered extends Keeper {
  room: Room
  cid: string
  lang: Lang
}

/**
 * Changes a room's topic or one of its messages for who has no connection: a bot, the command line. What is done
 * to others is noted in the audit log. Whether it may be done is for the caller to know.
 * @returns whether it changed anything.
 * @throws {ChatError} `no_such_message`, and what the journal says.
 */
export type Alter = (what: Altering, who: Altered) => Promise<boolean>

export interface AlterOptions {
  journal: Journal
  order: Order
  /** Told after it is durable. */
  heard: Heard
  log: Logger
}

export const createAlter = ({ journal, order, heard, log }: AlterOptions): Alter =>
  async function alter(what, { room, user, actor, cid, lang }) {
    const { type } = what
    const said = type === 'topic' ? undefined : await room.bySeq(what.message)
    if (type !== 'topic' && said?.type !== 'chat') throw new ChatError('no_such_message')
    const { data, extra } = eventOf(what)
    const entry = { room, type, user, cid, data, received: receivedOf(what) }
    const written = await journal.write({ ...entry, ...(extra && { extra }) })
    if (!written?.event) return false
    tellBots(written.event, { room, lang, heard, log })
    if (said && said.user.id === actor.id) return true

    const action = type === 'pin' && !what.on ? 'unpin' : type
    const target = said ? { id: said.user.id, name: said.user.name } : null
    const details = said && { details: { message: said.seq } }
    await noteAct(order, { by: actor, action, roomId: room.id, target, ...details })
    if (said && type === 'recall') await seeToMessage(order, { by: actor, room, seq: said.seq })
    return true
  }

function eventOf(what: Altering): { data: string; extra?: EventExtra } {
  if (what.type === 'topic') return { data: what.data }
  const { type: _, ...extra } = what
  return { data: '', extra }
}

/** A recall by a bot. */
export const createTakeBack = (rooms: Rooms, alter: Alter): Recall =>
  async function takeBack({ room: { name }, user, cid, message, lang }) {
    const room = rooms.open(name)
    if (!room) throw new ChatError('no_such_room')
    const actor = { id: user.id, name: user.name }
    await alter({ type: 'recall', message }, { room, user, actor, cid, lang })
  }
