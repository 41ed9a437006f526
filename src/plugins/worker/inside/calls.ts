import { ASKED, LOOKED, WAITING } from '../bounds.js'
import type { Answers, Call, FromWorker, Questions, ToRun } from '../messages.js'
import { WorkerDraft } from './draft.js'

export interface WorkerCallsOptions {
  run: number
  /** Which of the plugins that have the message. */
  step: number
  post: (message: FromWorker) => void
}

interface Waiter {
  /** Made where it was asked, so that what goes wrong is told with the line in the plugin's own code. */
  asked: Error
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
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

/** What one plugin asks of the server about one message, and what comes back. */
export class WorkerCalls {
  readonly #options: WorkerCallsOptions
  readonly #waiting = new Map<number, Waiter>()
  readonly #acts: Promise<unknown>[] = []
  readonly #drafts: WorkerDraft[] = []
  #count = 0
  #looks = 0
  #refused = false
  #over: Error | undefined

  constructor(options: WorkerCallsOptions) {
    this.#options = options
  }

  /** It was refused before and would be again: with this, without a promise for each. */
  get flooded(): Promise<never> | undefined {
    return this.#refused ? this.#tooMany : undefined
  }

  ask<What extends keyof Answers>(what: What, arg: Questions[What]): Promise<Answers[What]> {
    const refused = this.#tooMany
    if (refused) {
      this.#refused = true
      return refused
    }
    const { run, step, post } = this.#options
    const call = this.#newCall()
    const answered = this.#answered(call)
    if (!this.#over) post({ type: 'call', run, step, call, what, arg } as Call)
    return answered as Promise<Answers[What]> // the server answers in this shape: see messages.ts
  }

  /** What was asked for without `await` is done before the message is. */
  act<What extends keyof Answers>(what: What, arg: Questions[What]): Promise<Answers[What]> {
    const done = this.ask(what, arg)
    if (done !== tooManyWait && done !== tooManyAsked) this.#acts.push(done.catch(() => undefined))
    return done
  }

  look<What extends 'members' | 'history'>(
    what: What,
    arg: Questions[What],
  ): Promise<Answers[What]> {
    this.#looks += 1
    return this.#looks > LOOKED ? tooManyLooks : this.ask(what, arg)
  }

  stream(): WorkerDraft {
    if (this.#over) throw this.#over
    const { run, step, post } = this.#options
    const draft = this.#drafts.length
    const opened = new WorkerDraft({
      grow: (how, text) => post({ type: 'grow', run, step, draft, how, text }),
      end: async (reason) => {
        const call = this.#newCall()
        const ended = this.#answered(call)
        if (!this.#over) post({ type: 'end', run, step, call, draft, reason })
        await ended
      },
    })
    this.#drafts.push(opened)
    post({ type: 'stream', run, step, draft })
    return opened
  }

  note(kind: string, details?: object): void {
    const { run, step, post } = this.#options
    if (!this.#over) post({ type: 'note', run, step, kind, ...(details && { details }) })
  }

  take(message: Exclude<ToRun, { type: 'abort' }>): void {
    if (message.type === 'over') {
      return this.#drafts[message.draft]?.over(new Error(message.reason))
    }
    const waiter = this.#waiting.get(message.call)
    this.#waiting.delete(message.call)
    if (message.error !== undefined) waiter?.reject(failed(message.error, waiter.asked))
    else waiter?.resolve(message.value)
  }

  /** What was said, also without `await`. */
  async settled(): Promise<void> {
    this.flush()
    await Promise.all(this.#acts)
  }

  /** What drafts still hold back goes to the server. */
  flush(): void {
    for (const draft of this.#drafts) draft.flush()
  }

  /** Nothing is answered any more: what still waits gives up. */
  close(reason: Error): void {
    this.#over ??= reason
    for (const draft of this.#drafts) draft.over(reason)
    for (const { reject } of this.#waiting.values()) reject(this.#over)
    this.#waiting.clear()
  }

  /** A bot in an endless loop should fill its own memory and not the server's. */
  get #tooMany(): Promise<never> | undefined {
    if (this.#waiting.size >= WAITING) return tooManyWait
    return this.#count >= ASKED ? tooManyAsked : undefined
  }

  #newCall(): number {
    this.#count += 1
    return this.#count
  }

  #answered(call: number): Promise<unknown> {
    if (this.#over) return Promise.reject(this.#over)
    const asked = new Error()
    return new Promise((resolve, reject) => this.#waiting.set(call, { asked, resolve, reject }))
  }
}

/** What the server said, as an error of the line that asked. */
function failed(message: string, asked: Error): Error {
  asked.message = message
  if (asked.stack !== undefined) asked.stack = asked.stack.replace(/^Error/, `Error: ${message}`)
  return asked
}
