import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { EventExtra, NumberedEvent } from '../protocol.js'
import type { Deliver, Delivered, Heard, RoomChain, RoomFace, Say } from './face.js'
import type { Journal } from './journal.js'
import type { Rooms } from './rooms.js'
import { checkText } from './text.js'

export interface DeliverOptions {
  rooms: Rooms
  journal: Journal
  chain: RoomChain
  /** Code points of a message. */
  messageChars: number
  /** Told after a line is durable. */
  heard: Heard
  log: Logger
}

/**
 * The only door into a room, for people, bots and whatever else speaks: text rule, answered message,
 * plugins in the order of their sections, journal; then the bots hear it, in tasks of their own.
 */
export const createDeliver = (options: DeliverOptions): Deliver => {
  const { chain } = options

  return async function deliver(say) {
    // Asked before the plugins: who waits behind them should have its answer before the server closes.
    if (options.journal.draining) throw new ChatError('draining')
    const text = checkText(say.data, options.messageChars)
    if (say.reply_to !== undefined) await answeredMessage(say, options)
    if (chain.empty) return store(say, text, options)
    return chain.run({ ...say, data: text }, (changed) => store(say, changed, options))
  }
}

async function answeredMessage({ room, reply_to }: Say, { rooms }: DeliverOptions): Promise<void> {
  const answered = await rooms.open(room.name)?.bySeq(reply_to ?? 0)
  if (answered?.type !== 'chat') throw new ChatError('no_such_message')
}

async function store(say: Say, text: string, options: DeliverOptions): Promise<Delivered> {
  const room = options.rooms.open(say.room.name)
  if (!room) throw new ChatError('no_such_room')
  const extra = extraOf(say)
  const written = options.journal.write({
    room,
    type: 'chat',
    user: say.user,
    cid: say.cid,
    data: text === say.data ? text : checkText(text, options.messageChars),
    received: say.data,
    ...(extra && { extra }),
  })
  say.queued?.()

  const { seq, at, event } = await written
  if (event) tellBots(event, room, say, options)
  return { seq, at, dup: !event }
}

function extraOf({ reply_to, cause, hop, cid, ended }: Say): EventExtra | undefined {
  const extra = {
    ...(reply_to !== undefined && { reply_to }),
    ...(cause !== undefined && { cause }),
    ...(hop !== undefined && { hop }),
    ...(ended !== undefined && { stream: cid, ended }),
  }
  return Object.keys(extra).length > 0 ? extra : undefined
}

function tellBots(
  event: NumberedEvent,
  room: RoomFace,
  { lang }: Say,
  { heard, log }: DeliverOptions,
): void {
  try {
    heard(event, room, lang)
  } catch (error) {
    log.error({ err: error, room: room.id, seq: event.seq }, 'the bots could not be told')
  }
}
