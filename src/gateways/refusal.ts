/** What a program asked for cannot be done. It reads the sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** As its protocol has it: an HTTP status, a `retcode`. */
  readonly code: number

  constructor(code: number, sentence: string) {
    super(sentence)
    this.code = code
  }
}
