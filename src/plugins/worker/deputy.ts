import type { MessageContext, Next } from '../../plugin.js'
import type { Call, ToWorker, Wish } from './messages.js'
import { sentenceOf } from '../sentence.js'
import { ThreadDrafts } from './drafts.js'

export interface DeputyOptions {
  ctx: MessageContext
  run: number
  step: number
  post: (message: ToWorker) => void
  /** Of a bot: the one behind it. */
  next?: Next
}

/** Does on the server's side what a plugin in the worker wants done about one message. */
export class Deputy {
  readonly #options: DeputyOptions
  #opened: ThreadDrafts | undefined

  constructor(options: DeputyOptions) {
    this.#options = options
  }

  take(wish: Wish): void {
    const { ctx } = this.#options
    switch (wish.type) {
      case 'call':
        return this.#answer(wish.call, answerTo(ctx, wish, this.#options.next))
      case 'stream':
        return this.#drafts.open(wish.draft)
      case 'grow':
        return this.#drafts.grow(wish.draft, wish.how, wish.text)
      case 'end':
        return this.#answer(wish.call, this.#drafts.end(wish.draft, wish.reason))
      case 'wrote':
        return ctx.log[wish.level](wish.message, wish.details)
      case 'note':
        return ctx.failed(wish.kind, wish.details)
    }
  }

  get #drafts(): ThreadDrafts {
    const { ctx, run, step, post } = this.#options
    return (this.#opened ??= new ThreadDrafts(ctx, (draft, reason) =>
      post({ type: 'over', run, step, draft, reason }),
    ))
  }

  #answer(call: number, done: Promise<unknown>): void {
    const { run, step, post } = this.#options
    done.then(
      (value) => post({ type: 'called', run, step, call, value }),
      (error: unknown) => post({ type: 'called', run, step, call, error: sentenceOf(error) }),
    )
  }
}

async function answerTo(ctx: MessageContext, call: Call, next?: Next): Promise<unknown> {
  switch (call.what) {
    case 'next':
      return next?.()
    case 'members':
      return ctx.room.members()
    case 'history':
      return ctx.room.history(call.arg)
    case 'reply':
      return ctx.reply(call.arg.text, call.arg.options)
    case 'edit':
      return ctx.edit(call.arg.id, call.arg.text, call.arg.options)
    case 'recall':
      return ctx.recall(call.arg)
    case 'answers':
      return ctx.answers(call.arg)
    case 'answer':
      return ctx.answer(call.arg.id, call.arg.choices)
    case 'mute':
      return ctx.mute(call.arg)
    case 'typing':
      return ctx.typing()
    case 'tools':
      return ctx.tools(call.arg.what, call.arg.names)
    case 'get':
      return ctx.store.get(call.arg)
    case 'set':
      return ctx.store.set(call.arg.key, JSON.parse(call.arg.value))
    case 'delete':
      return ctx.store.delete(call.arg)
    case 'list':
      return ctx.store.list(call.arg)
  }
}
