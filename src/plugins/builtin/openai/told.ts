import type { Draft } from '../../../plugin.js'
import type { Speech } from './speech.js'

/** What was written so far. */
export class Told {
  text = ''
  readonly #draft: Draft
  readonly #anew: () => Speech
  #speech: Speech
  /** Where it goes on after its tools were at work. */
  #from = 0

  constructor(draft: Draft, speech: () => Speech) {
    this.#draft = draft
    this.#anew = speech
    this.#speech = speech()
  }

  /** Another try, or another part: what was held back of the last one is forgotten. */
  begin(): void {
    this.#speech = this.#anew()
    this.#from = this.text.length
  }

  readonly hear = (piece: string): boolean => {
    this.#write(this.#speech.hear(piece))
    return !this.#speech.over
  }

  finish(): void {
    this.#write(this.#speech.rest())
  }

  #write(text: string): void {
    const goesOn = this.#from > 0 && this.#from === this.text.length && text !== ''
    const end = this.text.slice(this.text.trimEnd().length)
    const apart = goesOn && !end.includes('\n') ? `\n\n${text}` : text
    this.text += apart
    this.#draft.write(apart)
  }
}
