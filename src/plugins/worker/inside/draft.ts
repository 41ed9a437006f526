import { checkText } from '../../../bots/speaking/check-text.js'
import { FULL, short } from '../../../bots/speaking/fit.js'
import type { Draft, DraftEnd } from '../../../plugin.js'
import { GROWS_MS } from '../bounds.js'

/** What a draft tells the server. */
export interface DraftCalls {
  grow: (how: 'write' | 'replace', text: string) => void
  /** Resolves when it is durable. */
  end: (reason: DraftEnd) => Promise<void>
}

/**
 * `ctx.stream()` on the worker's side: what is written goes to the server, which shows and keeps it. Pieces
 * that come in quick succession go together, and what no message can hold stays here.
 */
export class WorkerDraft implements Draft {
  readonly #calls: DraftCalls
  readonly #abort = new AbortController()
  #how: 'write' | 'replace' = 'write'
  #pending = ''
  #sentAt = -Infinity
  #timer: NodeJS.Timeout | undefined
  #ended: Promise<void> | undefined

  constructor(calls: DraftCalls) {
    this.#calls = calls
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  write(delta: string): void {
    checkText('draft.write(text)', delta)
    if (this.#pending.length < FULL) this.#become(this.#how, this.#pending + short(delta))
  }

  replace(text: string): void {
    checkText('draft.replace(text)', text)
    this.#become('replace', text)
  }

  end(reason: DraftEnd = 'done'): Promise<void> {
    if (!this.#ended) {
      this.flush()
      this.#ended = this.#calls.end(reason)
      this.#ended.catch(() => undefined)
      this.over(new Error(`the draft is over: ${reason}`))
    }
    return this.#ended
  }

  /** The server says that it is over. */
  over(reason: Error): void {
    clearTimeout(this.#timer)
    this.#abort.abort(reason)
  }

  /** What is held back goes to the server. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.signal.aborted) return
    if (this.#pending !== '' || this.#how === 'replace') {
      this.#calls.grow(this.#how, short(this.#pending))
      this.#sentAt = performance.now()
    }
    this.#how = 'write'
    this.#pending = ''
  }

  #become(how: 'write' | 'replace', pending: string): void {
    if (this.signal.aborted) return
    this.#how = how
    this.#pending = pending
    const wait = this.#sentAt + GROWS_MS - performance.now()
    if (wait <= 0) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), wait)
  }
}
