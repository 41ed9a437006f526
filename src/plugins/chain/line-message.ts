import type { Message } from '../../plugin.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

/** A line as it stands at the moment. */
export interface Original {
  readonly id: number
  readonly at: number
  readonly hop: number
  text: string
  readonly replyTo?: number | undefined
  readonly edits?: number | undefined
  readonly mentions: readonly number[]
}

/** A message for a plugin that may change it, until it is fixed. */
export class LineMessage implements Message {
  readonly hop: number
  readonly replyTo?: number
  readonly edits?: number
  readonly #line: Original
  readonly #turn: { readonly fixed: boolean }

  constructor(line: Original, turn: { readonly fixed: boolean }) {
    this.#line = line
    this.#turn = turn
    this.hop = line.hop
    if (line.replyTo !== undefined) this.replyTo = line.replyTo
    if (line.edits !== undefined) this.edits = line.edits
  }

  get id(): number {
    return this.#line.id
  }

  get at(): number {
    return this.#line.at
  }

  get text(): string {
    return this.#line.text
  }

  set text(text: string) {
    if (this.#turn.fixed) throw new TypeError('ctx.message.text can be changed before next() only')
    this.#line.text = text
  }

  get mentions(): readonly number[] {
    return this.#line.mentions
  }
}
