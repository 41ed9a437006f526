import { cardOf } from '../../../bots/speaking/card.js'
import { checkText } from '../../../bots/speaking/check-text.js'
import { short } from '../../../bots/speaking/fit.js'
import type {
  BotValues,
  Member,
  Message,
  MessageContext,
  PluginLog,
  RoomView,
} from '../../../plugin.js'
import { LineMessage, type Original } from '../../chain/line-message.js'
import type { ContextData, ToRun } from '../messages.js'
import type { PassContext } from '../../chain/pass.js'
import { plain } from './plain.js'
import { Rejection } from '../../chain/rejection.js'
import { WorkerCalls, type WorkerCallsOptions } from './calls.js'

export interface WorkerContextOptions {
  data: ContextData
  /** The message, which others may change. */
  line: Original
  /** Whether its text can be changed no more. */
  turn: { readonly fixed: boolean }
  state: Record<string, unknown>
  log: PluginLog
}

const NO_JSON = 'ctx.store.set: the value must be one that JSON has'

/** A message's context on the worker's side: its calls go to the server and back. */
export class WorkerContext implements PassContext {
  readonly user: Member
  readonly message: Message
  readonly args: string
  readonly lang: MessageContext['lang']
  readonly state: Record<string, unknown>
  readonly log: PluginLog
  readonly bot?: Member
  readonly trigger?: NonNullable<MessageContext['trigger']>
  readonly #room: ContextData['room']
  readonly #address: WorkerCallsOptions
  #made: WorkerCalls | undefined
  #controller: AbortController | undefined
  #aborted: Error | undefined
  #over = false

  /** @param address Where its calls come from. */
  constructor({ data, line, turn, state, log }: WorkerContextOptions, address: WorkerCallsOptions) {
    this.user = data.user
    this.message = new LineMessage(line, turn)
    this.args = data.args
    this.lang = data.lang
    this.state = state
    this.log = log
    if (data.bot) this.bot = data.bot
    if (data.trigger) this.trigger = data.trigger
    this.#room = data.room
    this.#address = address
  }

  get room(): RoomView {
    return {
      ...this.#room,
      members: () => this.#calls.look('members', null),
      history: (count) => this.#calls.look('history', count),
    }
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort(this.#aborted)
    return this.#controller.signal
  }

  get store(): BotValues {
    const calls = this.#calls
    return {
      get: <T>(key: string) => calls.act('get', key) as Promise<T | undefined>,
      set: async (key, value) => {
        const text = JSON.stringify(value) as string | undefined
        if (text === undefined) throw new TypeError(NO_JSON)
        await calls.act('set', { key, value: text })
      },
      delete: (key) => calls.act('delete', key),
      list: <T>(prefix = '') => calls.act('list', prefix) as Promise<{ key: string; value: T }[]>,
    }
  }

  get reply(): MessageContext['reply'] {
    return (text, options = {}) => this.#calls.flooded ?? this.#reply(text, options)
  }

  get edit(): MessageContext['edit'] {
    return (id, text, options = {}) => this.#calls.flooded ?? this.#edit(id, text, options)
  }

  get recall(): MessageContext['recall'] {
    return (id) => this.#calls.act('recall', id)
  }

  get answers(): MessageContext['answers'] {
    return (id) => this.#calls.act('answers', id)
  }

  get answer(): MessageContext['answer'] {
    return (id, choices) => this.#calls.act('answer', { id, choices: plain(choices) })
  }

  get mute(): MessageContext['mute'] {
    return (ms) => this.#calls.act('mute', ms)
  }

  get typing(): MessageContext['typing'] {
    return () => void this.#calls.act('typing', null)
  }

  get tools(): MessageContext['tools'] {
    return (what, names) => this.#calls.act('tools', { what, names: plain(names) })
  }

  get stream(): MessageContext['stream'] {
    return () => this.#calls.stream()
  }

  get failed(): MessageContext['failed'] {
    // A plugin in JavaScript may say anything.
    return (kind, details) =>
      this.#calls.note(typeof kind === 'string' ? kind : '', details && plain(details))
  }

  get reject(): MessageContext['reject'] {
    return reject
  }

  /** The bot behind this one. */
  next(): Promise<void> {
    const done = this.#calls.ask('next', null)
    done.catch(() => undefined) // who does not await next() does not see it fail
    return done
  }

  take(message: Exclude<ToRun, { type: 'abort' }>): void {
    this.#made?.take(message)
  }

  settled(): Promise<void> | undefined {
    return this.#made?.settled()
  }

  /** What drafts hold back goes to the server. */
  flush(): void {
    this.#made?.flush()
  }

  /** The server does not wait for it any longer. */
  abort(reason: Error): void {
    this.#aborted = reason
    this.#controller?.abort(reason)
    this.close(reason)
  }

  /** Nothing is answered any more. */
  close(reason?: Error): void {
    this.#over = true
    this.#made?.close(reason ?? done())
  }

  async #reply(...[text, options = {}]: Parameters<MessageContext['reply']>): Promise<number> {
    checkText('ctx.reply(text)', text)
    if (options.card) cardOf(options.card, Date.now()) // told where the bot says it
    return this.#calls.act('reply', { text: short(text), options: plain(options) })
  }

  async #edit(...[id, text, options = {}]: Parameters<MessageContext['edit']>): Promise<void> {
    checkText('ctx.edit(id, text)', text)
    return this.#calls.act('edit', { id, text: short(text), options: plain(options) })
  }

  get #calls(): WorkerCalls {
    if (this.#made) return this.#made
    this.#made = new WorkerCalls(this.#address)
    if (this.#over) this.#made.close(this.#aborted ?? done())
    return this.#made
  }
}

const done = (): Error => new Error('the plugin is done with this message')

function reject(sentence: string): never {
  throw new Rejection(sentence)
}
