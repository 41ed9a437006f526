import { expect, test } from '@jest/globals'
import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check'
import { aviary } from './aviary.js'
import { phraseTable } from './phrases.js'

const crumbs = constantFrom(
  ...[...phraseTable('zh'), ...phraseTable('en')].map(([phrase]) => phrase),
  ...'@小小鸟 小小鸟， * ( ) ( 9 ^ ^ - % × 的 等于 我 你 一二三 2d6 /roll /guess {1} {name} $& \\ \u0000 \uD800 ﷺ 👨‍👩‍👧 İ'.split(
    ' ',
  ),
)
const anything = oneof(
  string({ unit: 'binary', maxLength: 600 }),
  array(crumbs, { maxLength: 40 }).map((parts) => parts.join(' ')),
  array(crumbs, { maxLength: 40 }).map((parts) => parts.join('')),
)

test('two thousand strings of all sorts are answered without a fault', async () => {
  const { ask } = aviary()

  await assert(
    asyncProperty(anything, async (text) => {
      const answer = await ask(text)
      if (!answer) return
      expect(answer.text.trim()).not.toBe('')
      expect(answer.text.length).toBeLessThan(1_200)
      expect(answer.text).not.toMatch(/\p{Cs}|@[\p{L}\p{N}]|undefined|NaN|Infinity/u)
    }),
    { numRuns: 2_000, seed: 20 },
  )
})
