import type { Message, MessageContext } from '../../plugin.js'
import type { Line } from '../chain/line.js'
import type { ContextData } from './messages.js'

/** What of a line goes to the plugins in the worker. @param line Its number there. */
export const contextData = (of: Line, line: number): ContextData => ({
  line,
  room: { name: of.room.name, title: of.room.title },
  user: of.user,
  lang: of.say.lang,
  message: messageData(of),
  args: '',
})

/** The same for a bot or a command. */
export const contextDataOf = (
  { room, user, message, bot, trigger, args, lang }: MessageContext,
  line: number,
): ContextData => ({
  line,
  room: { name: room.name, title: room.title },
  user,
  lang,
  message: messageData(message),
  args,
  ...(bot && { bot }),
  ...(trigger && { trigger }),
})

/** Some of it are accessors, which a copy would leave out. */
const messageData = ({
  id,
  at,
  hop,
  text,
  mentions,
  replyTo,
  edits,
}: Message | Line): ContextData['message'] => ({
  id,
  at,
  hop,
  text,
  mentions,
  ...(replyTo !== undefined && { replyTo }),
  ...(edits !== undefined && { edits }),
})
