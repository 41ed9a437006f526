import { expect, test } from '@jest/globals'
import { fillIn } from '../../src/form.js'
import type { CardField } from '../../src/protocol.js'

/** What is written into a form, held against its fields. */

const name: CardField = { id: 'name', label: 'Name', type: 'text', max: 3 }
const age: CardField = { id: 'age', label: 'Age', type: 'number', min: 1, max: 9.5 }

test.each<[string, CardField, string | number, object]>([
  ['a text that fits', name, ' ab ', { values: { name: 'ab' } }],
  ['letters of several units', name, '🐦🐦🐦', { values: { name: '🐦🐦🐦' } }],
  ['parts of a letter, put together', name, 'e\u0301', { values: { name: 'é' } }],
  ['one letter too many', name, 'abcd', { faults: { name: { why: 'tooLong', limit: 3 } } }],
  ['half a character', name, '\ud83d', { faults: { name: { why: 'text' } } }],
  ['white space alone', name, ' \u3000', { faults: { name: { why: 'missing' } } }],
  ['a number that fits', age, 9.5, { values: { age: 9.5 } }],
  ['one that is none', age, NaN, { faults: { age: { why: 'number' } } }],
  ['one that has no end', age, Infinity, { faults: { age: { why: 'number' } } }],
  ['one too small', age, 0, { faults: { age: { why: 'tooSmall', limit: 1 } } }],
])('%s', (_, field, given, expected) => {
  expect(fillIn([field], { [field.id]: given })).toEqual(expected)
})

test('a field named like something that every object has is a field like others', () => {
  const odd: CardField = { id: 'constructor', label: 'Odd', type: 'text', max: 9, optional: true }
  expect(fillIn([odd], {})).toEqual({ values: {} })
  expect(fillIn([odd], { constructor: 'x' })).toEqual({ values: { constructor: 'x' } })
})
