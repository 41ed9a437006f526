import type { CardOptions } from '../plugin.js'
import type { Card } from '../protocol.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

const CHOICES = 10
const LABEL_CHARS = 80
const ID = /^[A-Za-z0-9._-]{1,32}$/
const LONGEST_DAYS = 30
const DAY_MS = 86_400_000

/**
 * A card as it stands before anybody has answered.
 * @throws {TypeError} that says the rule, to the bot's author.
 */
export function cardOf(given: CardOptions, now: number): Card {
  need(isObject(given) && Array.isArray(given.choices), 'choices is a list of { id, label }')
  const { choices, many = false, once = 'everybody', until } = given
  need(choices.length >= 1 && choices.length <= CHOICES, `1 to ${CHOICES} choices`)
  need(choices.every(isObject), 'choices is a list of { id, label }')
  for (const { id, label } of choices) {
    need(
      typeof id === 'string' && ID.test(id),
      'an id has 1 to 32 letters a-z, digits, ".", "_", "-"',
    )
    const length = typeof label === 'string' && label.trim() !== '' ? Array.from(label).length : 0
    need(length > 0 && length <= LABEL_CHARS, `a label has 1 to ${LABEL_CHARS} characters`)
    need(!CONTROL.test(label), 'a label is one line of text')
  }
  need(
    new Set(choices.map(({ id }) => id)).size === choices.length,
    'each choice has an id of its own',
  )
  need(typeof many === 'boolean', 'many is true or false')
  need(once === 'everybody' || once === 'first', "once is 'everybody' or 'first'")
  const rule = `until is a time in milliseconds like Date.now(), at most ${LONGEST_DAYS} days ahead`
  need(until === undefined || isAhead(until, now), rule)
  return {
    choices: choices.map(({ id, label }) => ({
      id,
      label: label.normalize('NFC').trim(),
      users: [],
      count: 0,
    })),
    ...(many && { many }),
    once,
    ...(until !== undefined && { until }),
    people: 0,
  }
}

const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

const isAhead = (until: unknown, now: number): boolean =>
  Number.isInteger(until) && Number(until) > now && Number(until) <= now + LONGEST_DAYS * DAY_MS

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

function need(right: boolean, rule: string): void {
  if (!right) throw new TypeError(`ctx.reply(text, { card }): ${rule}`)
}
