/** What holds for every card, wherever its bot runs. This file loads nothing. */

/** What choices, fields and options are told apart by. */
export const ID = /^[A-Za-z0-9._-]{1,32}$/
const LABEL_CHARS = 80
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** @throws {TypeError} that says the rule. @param what Whose label. */
export function labelOf(label: unknown, what: string): string {
  if (typeof label !== 'string') throw broken(`${what} is a text`)
  const length = label.trim() === '' ? 0 : Array.from(label).length
  need(length > 0 && length <= LABEL_CHARS, `${what} has 1 to ${LABEL_CHARS} characters`)
  need(!CONTROL.test(label), `${what} is one line of text`)
  return label.normalize('NFC').trim()
}

/** A bot in JavaScript may hand over anything. */
export const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** @throws {TypeError} to the bot's author. */
export function need(right: boolean, rule: string): void {
  if (!right) throw broken(rule)
}

const broken = (rule: string) => new TypeError(`ctx.reply(text, { card }): ${rule}`)
