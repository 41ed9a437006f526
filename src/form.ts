import type { CardField, FieldFault, FormValues } from './protocol.js'

/**
 * What somebody writes into the fields of a card, held against what the card asks for. The one place that knows: the
 * chat and the test kit ask it. A file that loads nothing.
 */

/** The choice that stands for a form that was sent: by it the card is counted like any other. */
export const SENT = 'sent'

export type Filled = { values: FormValues } | { faults: Readonly<Record<string, FieldFault>> }

/** @param given As it came; what is empty counts as not given. */
export function fillIn(fields: readonly CardField[], given: Readonly<FormValues>): Filled {
  const values: FormValues = {}
  const faults: Record<string, FieldFault> = {}
  for (const id of Object.keys(given)) {
    if (!fields.some((field) => field.id === id)) faults[id] = { why: 'unknown' }
  }
  for (const field of fields) {
    const raw = Object.hasOwn(given, field.id) ? given[field.id] : undefined
    const value = typeof raw === 'string' ? raw.normalize('NFC').trim() : raw
    if (value === undefined || value === '') {
      if (!field.optional) faults[field.id] = { why: 'missing' }
      continue
    }
    const fault = faultOf(field, value)
    if (fault) faults[field.id] = fault
    else values[field.id] = value
  }
  return Object.keys(faults).length > 0 ? { faults } : { values }
}

/** One line: nothing that breaks it, and no half of a character. */
const BROKEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

function faultOf(field: CardField, value: string | number): FieldFault | undefined {
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string' || BROKEN.test(value)) return { why: 'text' }
      return Array.from(value).length > field.max ? { why: 'tooLong', limit: field.max } : undefined
    case 'number':
      return numberFault(field, value)
    case 'choice':
      return field.options.some(({ id }) => id === value) ? undefined : { why: 'choice' }
  }
}

function numberFault(
  { min = -Infinity, max = Infinity, whole }: Extract<CardField, { type: 'number' }>,
  value: string | number,
): FieldFault | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { why: 'number' }
  if (whole && !Number.isInteger(value)) return { why: 'whole' }
  if (value < min) return { why: 'tooSmall', limit: min }
  return value > max ? { why: 'tooLarge', limit: max } : undefined
}
