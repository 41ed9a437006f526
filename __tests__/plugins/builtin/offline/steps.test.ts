import { afterEach, expect, jest, test } from '@jest/globals'
import { aviary } from './aviary.js'

afterEach(() => {
  jest.restoreAllMocks()
})

/** How often the bird looks into the text: what a long one could make too much of, whatever the machine does. */
async function steps(text: string): Promise<number> {
  const { ask } = aviary()
  const looks = [
    jest.spyOn(String.prototype, 'indexOf'),
    jest.spyOn(String.prototype, 'charAt'),
    jest.spyOn(RegExp.prototype, 'exec'),
    jest.spyOn(RegExp.prototype, 'test'),
  ]
  await ask(text)
  const count = looks.reduce((sum, { mock }) => sum + mock.calls.length, 0)
  jest.restoreAllMocks()
  return count
}

test.each([
  'hello ',
  '我觉得',
  'abcdefghij',
  '((((1+',
  '1234567890',
  ' ,. ',
  '👨‍👩‍👧',
  'a',
  'i am you ',
])(
  'of 20,000 characters of "%s" the bird looks at no more than of 600, and not for long',
  async (piece) => {
    const short = await steps(piece.repeat(600).slice(0, 600))
    const long = await steps(piece.repeat(20_000).slice(0, 20_000))

    expect(long).toBeLessThanOrEqual(short)
    expect(long).toBeLessThan(6_000)
  },
)
