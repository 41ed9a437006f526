import type { CardOptions } from '../../plugin.js'
import type { Card, CardChoice } from '../../protocol.js'
import { formOf } from './card-form.js'
import { ID, isObject, labelOf, need } from './card-rules.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

const CHOICES = 10
const LONGEST_DAYS = 30
const DAY_MS = 86_400_000

/**
 * A card as it stands before anybody has answered.
 * @throws {TypeError} that says the rule, to the bot's author.
 */
export function cardOf(given: CardOptions, now: number): Card {
  need(isObject(given), 'choices is a list of { id, label }')
  const { many = false, once = 'everybody', until, choices, fields } = given
  need((choices === undefined) !== (fields === undefined), 'a card has choices or fields')
  need(typeof many === 'boolean', 'many is true or false')
  need(!(many && fields), 'many is for choices: a form is sent once')
  need(once === 'everybody' || once === 'first', "once is 'everybody' or 'first'")
  const rule = `until is a time in milliseconds like Date.now(), at most ${LONGEST_DAYS} days ahead`
  need(until === undefined || isAhead(until, now), rule)
  return {
    ...(fields === undefined ? { choices: choicesOf(choices) } : formOf(given)),
    ...(many && { many }),
    once,
    ...(until !== undefined && { until }),
    people: 0,
  }
}

function choicesOf(choices: CardOptions['choices'] = []): CardChoice[] {
  need(Array.isArray(choices), 'choices is a list of { id, label }')
  need(choices.length >= 1 && choices.length <= CHOICES, `1 to ${CHOICES} choices`)
  need(choices.every(isObject), 'choices is a list of { id, label }')
  for (const { id } of choices) {
    need(
      typeof id === 'string' && ID.test(id),
      'an id has 1 to 32 letters a-z, digits, ".", "_", "-"',
    )
  }
  const labelled = choices.map(({ id, label }) => ({
    id,
    label: labelOf(label, 'a label'),
    users: [],
    count: 0,
  }))
  const ids = new Set(choices.map(({ id }) => id))
  need(ids.size === choices.length, 'each choice has an id of its own')
  return labelled
}

const isAhead = (until: unknown, now: number): boolean =>
  Number.isInteger(until) && Number(until) > now && Number(until) <= now + LONGEST_DAYS * DAY_MS
