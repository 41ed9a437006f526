import type { Message, MessageContext, PluginLog } from '../plugin.js'
import type { Answers, Call, ContextData, FromWorker, Questions, ToRun } from './messages.js'
import { ASKED, LOOKED, WAITING } from './bounds.js'
import { plain } from './plain.js'
import { cardOf } from '../bots/card.js'
import { short } from '../bots/fit.js'
import { WorkerDraft } from './worker-draft.js'

/** What `ctx.reject` throws. */
export class Rejection extends Error {}

const NO_JSON = 'ctx.store.set: the value must be one that JSON has'

interface RunOptions {
  data: ContextData
  state: Record<string, unknown>
  log: PluginLog
  post: (message: FromWorker) => void
}

interface Waiter {
  /** Made where it was asked, so that what goes wrong is told with the line in the plugin's own code. */
  asked: Error
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** What the server said, as an error of the line that asked. */
function failed(message: string, asked: Error): Error {
  asked.message = message
  if (asked.stack !== undefined) asked.stack = asked.stack.replace(/^Error/, `Error: ${message}`)
  return asked
}

function isText(call: string, text: unknown): void {
  if (typeof text !== 'string') throw new TypeError(`ctx.${call}: text must be a string`)
}

/** Made once and handled already, so that whoever floods makes nothing new. */
const refusal = (sentence: string): Promise<never> => {
  const refused = Promise.reject(new Error(sentence))
  refused.catch(() => undefined)
  return refused
}
const tooManyWait = refusal(`${WAITING} calls of this message wait already: await some of them`)
const tooManyLooks = refusal(`ctx.room was asked ${LOOKED} times for this message already`)
const tooManyAsked = refusal(`${ASKED} things were asked for this message already`)

/** One message in one plugin, on the worker's side: its context, whose calls go to the server and back. */
export class WorkerRun {
  readonly ctx: MessageContext
  text: string
  readonly #id: number
  readonly #post: RunOptions['post']
  readonly #abort = new AbortController()
  readonly #waiting = new Map<number, Waiter>()
  readonly #replies: Promise<unknown>[] = []
  readonly #drafts: WorkerDraft[] = []
  #calls = 0
  #looks = 0
  #number: number
  #at: number
  /** The text can be changed no more. */
  #fixed: boolean
  #over: Error | undefined

  constructor(id: number, { data, state, log, post }: RunOptions) {
    this.#id = id
    this.#post = post
    this.#number = data.message.id
    this.#at = data.message.at
    this.#fixed = data.frozen
    this.text = data.message.text
    this.ctx = this.#context(data, state, log)
  }

  async next(): Promise<void> {
    this.#fixed = true
    const call = this.#newCall()
    const delivered = this.#answered(call).then(() => undefined)
    delivered.catch(() => undefined) // who does not await next() does not see it fail
    if (!this.#over) this.#post({ type: 'next', run: this.#id, call, text: this.text })
    return delivered
  }

  /** What was said, also without `await`. */
  async settled(): Promise<void> {
    this.flush()
    await Promise.all(this.#replies)
  }

  /** What drafts still hold back goes to the server. */
  flush(): void {
    for (const draft of this.#drafts) draft.flush()
  }

  take(message: ToRun): void {
    if (message.type === 'abort') {
      const reason = new Error(message.reason)
      this.#abort.abort(reason)
      return this.close(reason)
    }
    if (message.type === 'over') {
      return this.#drafts[message.draft]?.over(new Error(message.reason))
    }
    if (message.type === 'delivered') {
      this.#number = message.id
      this.#at = message.at
    }
    const waiter = this.#waiting.get(message.call)
    this.#waiting.delete(message.call)
    if (message.error !== undefined) waiter?.reject(failed(message.error, waiter.asked))
    else waiter?.resolve(message.type === 'called' ? message.value : undefined)
  }

  /** Nothing is answered any more: what still waits gives up. */
  close(reason = new Error('the plugin is done with this message')): void {
    this.#over ??= reason
    for (const draft of this.#drafts) draft.over(reason)
    for (const { reject } of this.#waiting.values()) reject(this.#over)
    this.#waiting.clear()
  }

  #newCall(): number {
    this.#calls += 1
    return this.#calls
  }

  #answered(call: number): Promise<unknown> {
    if (this.#over) return Promise.reject(this.#over)
    const asked = new Error()
    return new Promise((resolve, reject) => this.#waiting.set(call, { asked, resolve, reject }))
  }

  #ask<What extends keyof Answers>(what: What, arg: Questions[What]): Promise<Answers[What]> {
    // A bot in an endless loop should fill its own memory and not the server's.
    if (this.#waiting.size >= WAITING) return tooManyWait
    if (this.#calls >= ASKED) return tooManyAsked
    const call = this.#newCall()
    const answered = this.#answered(call)
    if (!this.#over) this.#post({ type: 'call', run: this.#id, call, what, arg } as Call)
    return answered as Promise<Answers[What]> // the server answers in this shape: see messages.ts
  }

  /** What was asked for without `await` is done before the message is. */
  #act<What extends keyof Answers>(what: What, arg: Questions[What]): Promise<Answers[What]> {
    const done = this.#ask(what, arg)
    if (done !== tooManyWait && done !== tooManyAsked)
      this.#replies.push(done.catch(() => undefined))
    return done
  }

  #context(data: ContextData, state: Record<string, unknown>, log: PluginLog): MessageContext {
    return {
      room: {
        ...data.room,
        members: () => this.#look('members', null),
        history: (count) => this.#look('history', count),
      },
      user: data.user,
      ...(data.bot && { bot: data.bot }),
      ...(data.trigger && { trigger: data.trigger }),
      args: data.args,
      lang: data.lang,
      message: this.#message(data.message),
      signal: this.#abort.signal,
      state,
      log,
      store: {
        get: <T>(key: string) => this.#act('get', key) as Promise<T | undefined>,
        set: async (key, value) => {
          const text = JSON.stringify(value) as string | undefined
          if (text === undefined) throw new TypeError(NO_JSON)
          await this.#act('set', { key, value: text })
        },
        delete: (key) => this.#act('delete', key),
        list: <T>(prefix = '') => this.#act('list', prefix) as Promise<{ key: string; value: T }[]>,
      },
      reply: (text, options = {}) => {
        isText('reply(text)', text)
        if (options.card) cardOf(options.card, Date.now()) // told where the bot says it
        return this.#act('reply', { text: short(text), options: plain(options) })
      },
      edit: (id, text, options = {}) => {
        isText('edit(id, text)', text)
        return this.#act('edit', { id, text: short(text), options: plain(options) })
      },
      recall: (id) => this.#act('recall', id),
      answers: (id) => this.#act('answers', id),
      answer: (id, choices) => this.#act('answer', { id, choices: plain(choices) }),
      mute: (ms) => this.#act('mute', ms),
      typing: () => void this.#act('typing', null),
      stream: () => this.#stream(),
      failed: (kind, details) => {
        if (this.#over) return
        this.#post({
          type: 'note',
          run: this.#id,
          kind: typeof kind === 'string' ? kind : '', // a plugin in JavaScript may say anything
          ...(details && { details: plain(details) }),
        })
      },
      reject(sentence) {
        throw new Rejection(sentence)
      },
    }
  }

  #look<What extends 'members' | 'history'>(
    what: What,
    arg: Questions[What],
  ): Promise<Answers[What]> {
    this.#looks += 1
    return this.#looks > LOOKED ? tooManyLooks : this.#ask(what, arg)
  }

  #stream(): WorkerDraft {
    if (this.#over) throw this.#over
    const [run, draft] = [this.#id, this.#drafts.length]
    const opened = new WorkerDraft({
      grow: (how, text) => this.#post({ type: 'grow', run, draft, how, text }),
      end: async (reason) => {
        const call = this.#newCall()
        const ended = this.#answered(call)
        if (!this.#over) this.#post({ type: 'end', run, call, draft, reason })
        await ended
      },
    })
    this.#drafts.push(opened)
    this.#post({ type: 'stream', run, draft })
    return opened
  }

  #message({ hop, mentions, replyTo, edits }: ContextData['message']): Message {
    const message = Object.defineProperties(
      {
        id: 0,
        at: 0,
        hop,
        text: '',
        mentions,
        ...(replyTo !== undefined && { replyTo }),
        ...(edits !== undefined && { edits }),
      },
      {
        id: { get: () => this.#number },
        at: { get: () => this.#at },
        text: {
          get: () => this.text,
          set: (text: string) => {
            this.#change(text)
          },
        },
      },
    )
    return message
  }

  #change(text: string): void {
    if (this.#fixed) throw new TypeError('ctx.message.text can be changed before next() only')
    this.text = text
  }
}
