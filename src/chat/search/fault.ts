import type { Texts } from '../../i18n/index.js'

/** Why a question cannot be asked: which sentence says it, and with which values. */
export class QueryFault extends Error {
  override readonly name = 'QueryFault'
  readonly sentence: keyof Texts['search']
  readonly values: Record<string, string | number>

  constructor(sentence: keyof Texts['search'], values: Record<string, string | number> = {}) {
    super(sentence)
    this.sentence = sentence
    this.values = values
  }
}
