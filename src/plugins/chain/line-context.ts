import { asKind } from '../../bots/failure.js'
import type { Replies } from '../../bots/speaking/replies.js'
import type {
  BotValues,
  Member,
  Message,
  MessageContext,
  PluginLog,
  RoomView,
} from '../../plugin.js'
import { LineMessage } from './line-message.js'
import type { Line } from './line.js'
import type { PassContext } from './pass.js'
import { Rejection } from './rejection.js'
import type { Speaker, Speaking } from './speaker.js'

export interface LineContextOptions {
  speaker: Speaker
  section: Speaking
  log: PluginLog
  /** Whether its text can be changed no more. */
  turn: { readonly fixed: boolean }
  /** Of a command. */
  args?: string
}

/**
 * What a plugin may do with a line. Every plugin gets one of every message: what few of them use is made when it is
 * asked for. A plugin may take its functions out of it.
 */
export class LineContext implements PassContext {
  readonly room: RoomView
  readonly user: Member
  readonly message: Message
  readonly args: string
  readonly lang: MessageContext['lang']
  readonly state: Record<string, unknown>
  readonly log: PluginLog
  readonly #line: Line
  readonly #speaker: Speaker
  readonly #section: Speaking
  #aborted: Error | undefined
  #controller: AbortController | undefined

  constructor(line: Line, { speaker, section, log, turn, args = '' }: LineContextOptions) {
    this.room = line.room
    this.user = line.user
    this.message = new LineMessage(line, turn)
    this.args = args
    this.lang = line.say.lang
    this.state = line.state
    this.log = log
    this.#line = line
    this.#speaker = speaker
    this.#section = section
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort(this.#aborted)
    return this.#controller.signal
  }

  abort(reason: Error): void {
    this.#aborted = reason
    this.#controller?.abort(reason)
  }

  settled(): Promise<void> | undefined {
    return this.#line.replies.get(this.#section.name)?.settled()
  }

  get store(): BotValues {
    return this.#speaker.storeOf(this.#line, this.#section)
  }

  get reply(): MessageContext['reply'] {
    return (text, options) => this.#replies.reply(text, options)
  }

  get edit(): MessageContext['edit'] {
    return (id, text, options) => this.#replies.edit(id, text, options)
  }

  get answers(): MessageContext['answers'] {
    return (id) => this.#replies.answers(id)
  }

  get answer(): MessageContext['answer'] {
    return (id, choices) => this.#replies.answer(id, choices)
  }

  get recall(): MessageContext['recall'] {
    return (id) => this.#replies.recall(id)
  }

  get mute(): MessageContext['mute'] {
    return (ms) => this.#replies.mute(ms)
  }

  get typing(): MessageContext['typing'] {
    return () => this.#replies.typing()
  }

  get tools(): MessageContext['tools'] {
    return (what, names) => this.#replies.tools(what, names)
  }

  get stream(): MessageContext['stream'] {
    return () => this.#replies.stream()
  }

  get failed(): MessageContext['failed'] {
    return (kind, details) => this.log.warn('it met a failure', { kind: asKind(kind), ...details })
  }

  get reject(): MessageContext['reject'] {
    return reject
  }

  get #replies(): Replies {
    return this.#speaker.repliesTo(this.#line, this.#section)
  }
}

function reject(sentence: string): never {
  throw new Rejection(sentence)
}
