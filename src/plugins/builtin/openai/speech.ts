import { spoken } from './names.js'

/** A name in brackets at the start of a line, as the context shows who speaks. */
const TAG = /^\s*\[([^[\]\n]{1,64})\][ \t]*[:：]?[ \t]*/
/** What may become one with the next piece. */
const MAY_BE_TAG = /^\s*(?:\[(?:[^[\]\n]{0,64}(?:\][ \t]*[:：]?[ \t]*)?)?)?$/

/**
 * Makes a model's answer one member's speech: its own name in front is taken away, and where it goes on
 * as somebody else, it is over.
 */
export class Speech {
  /** It began to speak for another: nothing more of it counts. */
  over = false
  readonly #own: ReadonlySet<string>
  readonly #others: ReadonlySet<string>
  #held = ''
  #lineStart = true
  #begun = false

  constructor(own: readonly string[], others: readonly string[]) {
    this.#own = new Set(own.map(spoken))
    this.#others = new Set(others.map(spoken))
  }

  /** @returns what of it can be shown already. */
  hear(piece: string): string {
    this.#held += piece
    let said = ''
    while (this.#held !== '' && !this.over) {
      if (this.#lineStart && MAY_BE_TAG.test(this.#held)) break
      if (this.#lineStart) this.#start()
      if (!this.over) said += this.#line()
    }
    return said
  }

  /** @returns what was still held back, at the end. */
  rest(): string {
    if (this.#lineStart && TAG.test(this.#held)) this.#start()
    return this.over ? '' : this.#held
  }

  #start(): void {
    this.#lineStart = false
    const [tag = '', raw = ''] = TAG.exec(this.#held) ?? []
    const name = spoken(raw)
    if (tag !== '' && this.#own.has(name)) this.#held = this.#held.slice(tag.length)
    else this.over = tag !== '' && this.#others.has(name)
    if (!this.#begun) this.#held = this.#held.trimStart()
    this.#begun = true
  }

  #line(): string {
    const end = this.#held.indexOf('\n') + 1
    const line = end === 0 ? this.#held : this.#held.slice(0, end)
    this.#held = this.#held.slice(line.length)
    this.#lineStart = end > 0
    return line
  }
}
