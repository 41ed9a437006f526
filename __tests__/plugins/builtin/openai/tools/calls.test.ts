import { expect, test } from '@jest/globals'
import { Calls, type CallPiece } from '../../../../../src/plugins/builtin/openai/tools/calls.js'

/** How services send the pieces of a model's wishes. */

const joined = (...pieces: CallPiece[][]) => {
  const calls = new Calls()
  for (const some of pieces) calls.hear(some)
  return calls.all().map(({ id, name, args }) => `${id} ${name} ${args}`)
}

test('pieces of several calls may come mixed', () => {
  const first = { index: 0, id: 'a', name: 'add', args: '{"x"' }
  const second = { index: 1, id: 'b', name: 'roll', args: '' }
  const rest = [
    { index: 1, args: '{}' },
    { index: 0, args: ':1}' },
  ]
  expect(joined([first], [second], rest)).toEqual(['a add {"x":1}', 'b roll {}'])
})

test('without numbers an id or a name begins another one', () => {
  const ids = [
    { id: 'a', name: 'add', args: '{' },
    { args: '}' },
    { id: 'b', name: 'add', args: '' },
  ]
  expect(joined(ids)).toEqual(['a add {}', 'b add '])
  expect(joined([{ name: 'add', args: '{}' }], [{ name: 'add', args: '{}' }])).toEqual([
    'call_0 add {}',
    'call_1 add {}',
  ])
})

test('some services number every call 0, some repeat the id with each piece', () => {
  const zeros = [
    { index: 0, id: 'a', name: 'add', args: '{}' },
    { index: 0, id: 'b', name: 'roll', args: '{}' },
  ]
  expect(joined(zeros)).toEqual(['a add {}', 'b roll {}'])
  const again = [
    { index: 0, id: 'a', name: 'add', args: '{' },
    { index: 0, id: 'a', args: '}' },
  ]
  expect(joined(again)).toEqual(['a add {}'])
})

test('what names no tool counts for nothing', () => {
  expect(joined([{ index: 0, args: '{}' }])).toEqual([])
})
