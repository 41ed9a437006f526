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
  const message = new LineMessage(line)
  const ctx = new LineContext(line, message, { log, self, args })
  return {
    ctx,
    fix: () => message.fix(),
    abort: (reason) => ctx.abort(reason),
  }
}

/** The message as it stands, for a plugin that may change it. */
class LineMessage implements Message {
  readonly hop: number
  readonly replyTo?: number
  readonly edits?: number
  readonly #line: Line
  #fixed = false

  constructor(line: Line) {
    const { hop = 0, reply_to, edits } = line.say
    this.#line = line
    this.hop = hop
    if (reply_to !== undefined) this.replyTo = reply_to
    if (edits !== undefined) this.edits = edits
  }

  get id(): number {
    return this.#line.delivered?.seq ?? 0
  }

  get at(): number {
    return this.#line.delivered?.at ?? 0
  }

  get text(): string {
    return this.#line.text
  }

  set text(text: string) {
    if (this.#fixed) throw new TypeError('ctx.message.text can be changed before next() only')
    this.#line.text = text
  }

  get mentions(): readonly number[] {
    const { text, say } = this.#line
    return say.room.calls(text, say.user)
  }

  fix(): void {
    this.#fixed = true
  }
}

/**
 * What a plugin may do with a line. A class, because every plugin makes one of every message: its accessors are
 * made once. Its functions are its own, so that a plugin may take them out of it.
 */
class LineContext implements MessageContext {
  readonly room: RoomView
  readonly user: Member
  readonly message: Message
  readonly args: string
  readonly lang: MessageContext['lang']
  readonly state: Record<string, unknown>
  readonly log: PluginLog
  readonly #self: Self
  #aborted: Error | undefined
  #controller: AbortController | undefined

  constructor(
    line: Line,
    message: Message,
    { log, self, args }: { log: PluginLog; self: Self; args: string },
  ) {
    this.room = line.room
    this.user = line.user
    this.message = message
    this.args = args
    this.lang = line.say.lang
    this.state = line.state
    this.log = log
    this.#self = self
  }

  /** Made when it is asked for: most plugins never look. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort(this.#aborted)
    return this.#controller.signal
  }

  get store(): BotValues {
    return this.#self.store()
  }

  abort(reason: Error): void {
    this.#aborted = reason
    this.#controller?.abort(reason)
  }

  readonly reply: MessageContext['reply'] = (text, options) =>
    this.#self.replies().reply(text, options)
  readonly edit: MessageContext['edit'] = (id, text, options) =>
    this.#self.replies().edit(id, text, options)
  readonly answers: MessageContext['answers'] = (id) => this.#self.replies().answers(id)
  readonly answer: MessageContext['answer'] = (id, choices) =>
    this.#self.replies().answer(id, choices)
  readonly recall: MessageContext['recall'] = (id) => this.#self.replies().recall(id)
  readonly mute: MessageContext['mute'] = (ms) => this.#self.replies().mute(ms)
  readonly typing: MessageContext['typing'] = () => this.#self.replies().typing()
  readonly stream: MessageContext['stream'] = () => this.#self.replies().stream()
  readonly failed: MessageContext['failed'] = (kind, details) =>
    this.log.warn('it met a failure', { kind: asKind(kind), ...details })
  readonly reject: MessageContext['reject'] = (sentence) => {
    throw new Rejection(sentence)
  }
}
