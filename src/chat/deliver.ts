import { saidAsCommand } from '../command-line.js'
import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { EventExtra } from '../protocol.js'
import type { Deliver, Delivered, Heard, RoomChain, Say } from './face.js'
import type { Entry, Journal } from './journal.js'
import { receivedOf } from './received.js'
import type { Room } from './room.js'
import type { Rooms } from './rooms.js'
import { tellBots } from './bots/tell-bots.js'
import { checkText } from './text.js'

export interface DeliverOptions {
  rooms: Rooms
  journal: Journal
  chain: RoomChain
  /** Is there a command of this name in a room? */
  isCommand: (name: string, room: Room) => boolean
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
    const text = asMeant(say, checkText(say.data, options.messageChars), options)
    if (say.reply_to !== undefined) await answeredMessage(say, options)
    if (chain.empty) return store(say, text, options)
    return chain.run({ ...say, data: text }, (changed) => store(say, changed, options))
  }
}

/** What a bot says commands nobody, nor does what was changed afterwards. */
function asMeant({ user, edits, room: { name } }: Say, text: string, options: DeliverOptions) {
  const room = options.rooms.open(name)
  if (!room || user.kind === 'bot' || edits !== undefined) return text
  return saidAsCommand(text, (command) => options.isCommand(command, room))
}

async function answeredMessage({ room, reply_to }: Say, { rooms }: DeliverOptions): Promise<void> {
  const answered = await rooms.open(room.name)?.bySeq(reply_to ?? 0)
  if (answered?.type !== 'chat') throw new ChatError('no_such_message')
}

async function store(say: Say, text: string, options: DeliverOptions): Promise<Delivered> {
  const room = options.rooms.open(say.room.name)
  if (!room) throw new ChatError('no_such_room')
  // Of people the rights were asked before; a bot's reminder or a hook's line comes to this door first.
  if (room.settings.archived) throw new ChatError('denied', { why: 'archived' })
  const data = text === say.data ? text : checkText(text, options.messageChars)
  const written = options.journal.write(entryOf(say, room, data))
  say.queued?.()

  const stored = await written
  if (!stored) return { seq: say.edits ?? 0, at: 0, dup: true, unchanged: true }
  const { seq, at, event } = stored
  if (event) tellBots(event, { room, lang: say.lang, heard: options.heard, log: options.log })
  return { seq, at, dup: !event }
}

function entryOf(say: Say, room: Room, data: string): Entry {
  const { user, cid, edits, card, closes } = say
  if (edits !== undefined) {
    const received = receivedOf({ type: 'edit', message: edits, data: say.data })
    const closing = { ...(card === null && { card }), ...(closes && { closed: closes }) }
    const extra = { message: edits, ...closing, ...room.mentions.in(data, user) }
    return { room, type: 'edit', user, cid, data, received, extra }
  }
  const extra = extraOf(say, room.mentions.in(data, user))
  return { room, type: 'chat', user, cid, data, received: say.data, ...(extra && { extra }) }
}

function extraOf(
  { reply_to, cause, hop, cid, ended, card }: Say,
  called: EventExtra,
): EventExtra | undefined {
  const extra = {
    ...called,
    ...(reply_to !== undefined && { reply_to }),
    ...(cause !== undefined && { cause }),
    ...(hop !== undefined && { hop }),
    ...(card && { card }),
    ...(ended !== undefined && { stream: cid, ended }),
  }
  return Object.keys(extra).length > 0 ? extra : undefined
}
