import { SENT } from '../../form.js'
import type { CardOptions, FormField } from '../../plugin.js'
import type { Card, CardField } from '../../protocol.js'
import { ID, isObject, labelOf, need } from './card-rules.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but plain rules. */

const FIELDS = 6
const TEXT_CHARS = 200
const LONGEST_TEXT = 500
const OPTIONS = 10

/** What a short form asks for, and the choice that stands for having sent it. @throws {TypeError} that says the rule. */
export function formOf({
  fields,
  submit = 'OK',
}: Pick<CardOptions, 'fields' | 'submit'>): Pick<Card, 'fields' | 'choices'> {
  need(Array.isArray(fields), 'fields is a list of { id, label, type }')
  const given = fields ?? []
  need(given.length >= 1 && given.length <= FIELDS, `1 to ${FIELDS} fields`)
  const asked = given.map(fieldOf)
  need(new Set(asked.map(({ id }) => id)).size === asked.length, 'each field has an id of its own')
  const label = labelOf(submit, 'submit')
  return { fields: asked, choices: [{ id: SENT, label, users: [], count: 0 }] }
}

function fieldOf(field: FormField): CardField {
  need(isObject(field), 'fields is a list of { id, label, type }')
  const { id, label, optional = false } = field
  need(
    typeof id === 'string' && ID.test(id),
    'an id has 1 to 32 letters a-z, digits, ".", "_", "-"',
  )
  need(typeof optional === 'boolean', 'optional is true or false')
  const common = { id, label: labelOf(label, 'a label'), ...(optional && { optional }) }
  switch (field.type) {
    case 'text': {
      const { max = TEXT_CHARS } = field
      need(
        Number.isInteger(max) && max >= 1 && max <= LONGEST_TEXT,
        `max of a text: 1 to ${LONGEST_TEXT} characters`,
      )
      return { ...common, type: 'text', max }
    }
    case 'number': {
      const { min, max, whole = false } = field
      need(
        [min, max].every((one) => one === undefined || Number.isFinite(one)),
        'min and max are numbers',
      )
      need((min ?? -Infinity) <= (max ?? Infinity), 'min is not above max')
      need(typeof whole === 'boolean', 'whole is true or false')
      const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
      return { ...common, type: 'number', ...bounds, ...(whole && { whole }) }
    }
    case 'choice': {
      const { options } = field
      need(Array.isArray(options) && options.every(isObject), 'options is a list of { id, label }')
      need(options.length >= 2 && options.length <= OPTIONS, `2 to ${OPTIONS} options`)
      const ids = options.map((option) => option.id)
      need(
        ids.every((one) => typeof one === 'string' && ID.test(one)),
        'an id has 1 to 32 letters a-z, digits, ".", "_", "-"',
      )
      need(new Set(ids).size === ids.length, 'each option has an id of its own')
      return {
        ...common,
        type: 'choice',
        options: options.map((option) => ({
          id: option.id,
          label: labelOf(option.label, 'a label'),
        })),
      }
    }
    default:
      throw new TypeError(
        "ctx.reply(text, { card }): a field's type is 'text', 'number' or 'choice'",
      )
  }
}
