import type { Lang, Texts } from '../i18n/index.js'

/** What the command line asked for cannot be done, and why. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  /** Key of the i18n section `control`. */
  readonly fault: keyof Texts['control']
  readonly values: Record<string, string | number>

  constructor(fault: keyof Texts['control'], values: Record<string, string | number> = {}) {
    super(fault)
    this.fault = fault
    this.values = values
  }
}

/** The same, where the sentence comes from elsewhere. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly say: (lang: Lang) => string

  constructor(say: (lang: Lang) => string) {
    super('refused')
    this.say = say
  }
}
