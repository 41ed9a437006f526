import type { Draft, DraftEnd, MessageContext } from '../../plugin.js'
import { sentenceOf } from '../sentence.js'

/** The drafts of one run in the worker, on the server's side, by the number that the worker gave them. */
export class ThreadDrafts {
  readonly #ctx: MessageContext
  readonly #over: (draft: number, reason: string) => void
  readonly #drafts = new Map<number, Draft>()

  /** @param over Tells the worker that a draft is over. */
  constructor(ctx: MessageContext, over: (draft: number, reason: string) => void) {
    this.#ctx = ctx
    this.#over = over
  }

  open(number: number): void {
    try {
      const draft = this.#ctx.stream()
      this.#drafts.set(number, draft)
      const { signal } = draft
      signal.addEventListener('abort', () => this.#over(number, sentenceOf(signal.reason)))
    } catch (error) {
      this.#over(number, sentenceOf(error))
    }
  }

  grow(number: number, how: 'write' | 'replace', text: string): void {
    this.#drafts.get(number)?.[how](text)
  }

  async end(number: number, reason: DraftEnd): Promise<void> {
    const draft = this.#drafts.get(number)
    if (!draft) throw new Error('ctx.stream: the draft could not be opened')
    await draft.end(reason)
  }
}
