import { expect, test } from '@jest/globals'
import { Speech } from '../../../../src/plugins/builtin/openai/speech.js'

/** What is shown of an answer that comes in these pieces. */
function shown(...pieces: string[]): string {
  const speech = new Speech(['机器人小小鸟', '小小鸟'], ['ada', 'a[d]min'])
  return pieces.map((piece) => speech.hear(piece)).join('') + speech.rest()
}

const letters = (text: string) => text.split('')

test.each([
  ['its own name in front is taken away', '[小小鸟] 你好', '你好'],
  ['with a colon as well', '[机器人小小鸟]：你好', '你好'],
  ['on a later line too', 'one\n[小小鸟] two', 'one\ntwo'],
  ['brackets of its own stay', '[1] first\n[ ] todo', '[1] first\n[ ] todo'],
  ['blank lines before it begins are dropped', '\n\n  well', 'well'],
  ['blank lines in the middle stay', 'one\n\n\ntwo', 'one\n\n\ntwo'],
  ['it is over where it speaks for another', 'yes\n[ada] and I say no', 'yes\n'],
  ['also for one with brackets in the name', '[admin] I am not', ''],
  ['a bracket that never closes is text', '[so it goes', '[so it goes'],
  ['a bracket at the end is text', 'see [2', 'see [2'],
  ['a footnote at the end is text', 'see\n[2]', 'see\n[2]'],
])('%s', (_what, answer, text) => {
  expect(shown(answer)).toBe(text)
  expect(shown(...letters(answer))).toBe(text)
})

test('text is not held back longer than a name may be', () => {
  const speech = new Speech(['bird'], [])
  expect(speech.hear('Hello')).toBe('Hello')
  expect(speech.hear('\n')).toBe('\n')
  expect(speech.hear('[bi')).toBe('')
  expect(speech.hear('ke] is')).toBe('[bike] is')
})
