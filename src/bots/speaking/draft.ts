import type { Growing } from '../../chat/face.js'
import type { Draft } from '../../plugin.js'
import type { Ended } from '../../protocol.js'
import { checkText } from './check-text.js'
import { fits, plain } from './fit.js'

/** Where a draft is shown, and what becomes of it. */
export interface Stage {
  growing: Growing
  /** Whether a message may be as long. */
  fits: (text: string) => boolean
  /** Stores what it has become. @returns whether it was stored. */
  keep: (text: string, ended: Ended) => Promise<boolean>
}

export interface DraftOptions {
  /**
   * Waits for its turn to speak, then shows the stream.
   * @param stop For who may end it from outside.
   * @returns undefined when it may not speak.
   */
  open: (stop: () => Promise<void>) => Promise<Stage | undefined>
  /** Told whenever it grows. */
  grown?: () => void
}

/** What the next piece may complete: a surrogate pair, a line end of Windows. */
const HALF = /[\r\uD800-\uDBFF]$/

const ENDS: ReadonlySet<unknown> = new Set<Ended>(['done', 'cut', 'cancelled', 'error'])

/** A bot's answer while it is written: shown as it grows, stored once, at its end. */
export class GrowingDraft implements Draft {
  readonly #options: DraftOptions
  readonly #abort = new AbortController()
  readonly #opened: Promise<Stage | undefined>
  #stage: Stage | undefined
  #text = ''
  #half = ''
  #ended: Promise<void> | undefined

  constructor(options: DraftOptions) {
    this.#options = options
    this.#opened = this.#open()
    this.#opened.then(
      (stage) => stage ?? this.#end('cancelled'),
      () => this.#end('cancelled'),
    )
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  write(delta: string): void {
    checkText('draft.write(text)', delta)
    if (delta !== '') this.#become(this.#text, this.#half + delta)
  }

  replace(text: string): void {
    checkText('draft.replace(text)', text)
    this.#become('', text)
  }

  /** Once; who ends it later gets the same answer. Its rejection may be left unhandled. */
  end(reason: Ended = 'done'): Promise<void> {
    this.#end(ENDS.has(reason) ? reason : 'done')
    return this.#ended ?? Promise.resolve()
  }

  async #open(): Promise<Stage | undefined> {
    const stop = () => this.end('cancelled').catch(() => undefined)
    this.#stage = await this.#options.open(stop)
    this.#show()
    return this.#stage
  }

  #become(before: string, more: string): void {
    if (this.#ended) return
    this.#half = HALF.exec(more)?.[0] ?? ''
    this.#text = before + plain(this.#half === '' ? more : more.slice(0, -1))
    this.#options.grown?.()
    this.#show()
  }

  #show(): void {
    this.#stage?.growing.show(this.#text)
    const short = this.#stage ? this.#stage.fits(this.#text) : fits(this.#text, 0)
    if (!short) this.#end('cut')
  }

  #end(reason: Ended): void {
    if (this.#ended) return
    this.#ended = this.#settle(reason)
    this.#ended.catch(() => undefined)
    this.#abort.abort(new Error(`the draft is over: ${reason}`))
  }

  async #settle(ended: Ended): Promise<void> {
    const stage = await this.#opened
    const text = this.#text + plain(this.#half)
    try {
      if (text.trim() !== '') await stage?.keep(text, ended)
    } catch (error) {
      stage?.growing.drop('error')
      throw error
    }
    stage?.growing.drop(ended) // nothing was stored; else its message has ended it
  }
}
