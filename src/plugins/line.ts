import { asKind } from '../bots/failure.js'
import { memberOf, roomView } from '../bots/view.js'
import type { Replies } from '../bots/replies.js'
import type { Delivered, Say } from '../chat/face.js'
import type { Member, Message, MessageContext, PluginLog, RoomView } from '../plugin.js'

/** One message on its way through the plugins of a room: what they share. */
export interface Line {
  readonly say: Say
  readonly room: RoomView
  readonly user: Member
  readonly state: Record<string, unknown>
  /** As the plugins left it so far. */
  text: string
  /** Set once it is durable. */
  delivered?: Delivered
  /** Answers of the plugins, by the section that speaks. */
  readonly replies: Map<string, Replies>
}

export const openLine = (say: Say): Line => ({
  say,
  room: roomView(say.room),
  user: memberOf(say.user),
  state: {},
  text: say.data,
  replies: new Map(),
})

/** What `ctx.reject` throws, so that it is told from a mistake. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
}

/** One plugin's dealing with one line. */
export interface Turn {
  readonly ctx: MessageContext
  /** The text can be changed no more: `next()` was called, or the plugin's turn is over. */
  fix(): void
  abort(reason: Error): void
}

/**
 * @param replies Of the section whose plugin it is, made when it first speaks.
 * @param args Of a command.
 */
export function openTurn(line: Line, log: PluginLog, replies: () => Replies, args = ''): Turn {
  let fixed = false
  let aborted: Error | undefined
  let controller: AbortController | undefined

  const message: Message = {
    get id() {
      return line.delivered?.seq ?? 0
    },
    get at() {
      return line.delivered?.at ?? 0
    },
    hop: line.say.hop ?? 0,
    get text() {
      return line.text
    },
    set text(text) {
      if (fixed) throw new TypeError('ctx.message.text can be changed before next() only')
      line.text = text
    },
    mentions: [],
  }
  const { reply_to, edits } = line.say

  return {
    ctx: {
      room: line.room,
      user: line.user,
      message: Object.assign(
        message,
        reply_to !== undefined && { replyTo: reply_to },
        edits !== undefined && { edits },
      ),
      args,
      lang: line.say.lang,
      // Made when it is asked for: most plugins never look.
      get signal() {
        controller ??= new AbortController()
        if (aborted) controller.abort(aborted)
        return controller.signal
      },
      state: line.state,
      log,
      reply: (text, options) => replies().reply(text, options),
      edit: (id, text) => replies().edit(id, text),
      recall: (id) => replies().recall(id),
      typing: () => replies().typing(),
      stream: () => replies().stream(),
      failed: (kind, details) => log.warn('it met a failure', { kind: asKind(kind), ...details }),
      reject(sentence) {
        throw new Rejection(sentence)
      },
    },
    fix: () => void (fixed = true),
    abort(reason) {
      aborted = reason
      controller?.abort(reason)
    },
  }
}
