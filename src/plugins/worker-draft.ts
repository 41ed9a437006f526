import type { Draft, DraftEnd } from '../plugin.js'

/** What a draft tells the server. */
export interface DraftCalls {
  grow: (how: 'write' | 'replace', text: string) => void
  /** Resolves when it is durable. */
  end: (reason: DraftEnd) => Promise<void>
}

/** `ctx.stream()` on the worker's side: what is written goes to the server, which shows and keeps it. */
export class WorkerDraft implements Draft {
  readonly #calls: DraftCalls
  readonly #abort = new AbortController()
  #ended: Promise<void> | undefined

  constructor(calls: DraftCalls) {
    this.#calls = calls
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  write(delta: string): void {
    this.#grow('write', delta)
  }

  replace(text: string): void {
    this.#grow('replace', text)
  }

  end(reason: DraftEnd = 'done'): Promise<void> {
    if (!this.#ended) {
      this.#ended = this.#calls.end(reason)
      this.#ended.catch(() => undefined)
      this.over(new Error(`the draft is over: ${reason}`))
    }
    return this.#ended
  }

  /** The server says that it is over. */
  over(reason: Error): void {
    this.#abort.abort(reason)
  }

  #grow(how: 'write' | 'replace', text: string): void {
    if (typeof text !== 'string') throw new TypeError(`draft.${how}(text): text must be a string`)
    if (!this.signal.aborted) this.#calls.grow(how, text)
  }
}
