import { asKind } from '../bots/failure.js'
import { memberOf, roomView } from '../bots/view.js'
import type { Replies } from '../bots/replies.js'
import type { Delivered, Say } from '../chat/face.js'
import type { BotValues, Member, Message, MessageContext, PluginLog, RoomView } from '../plugin.js'

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

/** The section whose plugin it is, made a bot when it first speaks or keeps something. */
export interface Self {
  replies(): Replies
  store(): BotValues
}

/** @param args Of a command. */
export function openTurn(line: Line, log: PluginLog, self: Self, args = ''): Turn {
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
    get mentions() {
      return line.say.room.calls(line.text, line.say.user)
    },
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
      get store() {
        return self.store()
      },
      reply: (text, options) => self.replies().reply(text, options),
      edit: (id, text) => self.replies().edit(id, text),
      recall: (id) => self.replies().recall(id),
      mute: (ms) => self.replies().mute(ms),
      typing: () => self.replies().typing(),
      stream: () => self.replies().stream(),
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
