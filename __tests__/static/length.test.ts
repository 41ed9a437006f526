import { expect, test } from '@jest/globals'
import { spell } from '../../src/i18n/index.js'
import { pageEn } from '../../src/i18n/page/en.js'
import { pageZhCN } from '../../src/i18n/page/zh-CN.js'
import { lengthOf } from '../../static/js/models/length.js'

test.each([
  [-5, '0 s', '0 秒'],
  [900, '1 s', '1 秒'],
  [59_001, '1 min', '1 分钟'],
  [65_000, '1 min 5 s', '1 分钟 5 秒'],
  [90_000, '1 min 30 s', '1 分钟 30 秒'],
  [900_000, '15 min', '15 分钟'],
  [3_599_001, '1 h', '1 小时'],
  [3_660_000, '1 h 1 min', '1 小时 1 分钟'],
  [21_600_000, '6 h', '6 小时'],
  [86_400_000, '1 d', '1 天'],
  [30 * 86_400_000 - 1, '30 d', '30 天'],
])('%d ms are %s', (ms, en, zh) => {
  const written = [lengthOf(ms, pageEn.writing), lengthOf(ms, pageZhCN.writing)]
  expect(written).toEqual([en, zh].map(tied))
})

/** No line ends between a number and what it counts. */
const tied = (text: string) => text.replaceAll(/(?<=\d) /g, '\u00a0')

test.each([
  [4_000, '4 seconds', '4 秒'],
  [59_001, '1 minute', '1 分钟'],
  [90 * 60_000, '90 minutes', '90 分钟'],
  [2 * 3_600_000 - 1, '2 hours', '2 小时'],
  [2 * 86_400_000 - 1, '2 days', '2 天'],
])('%d ms are %s in a sentence of the server', (ms, en, zh) => {
  expect([spell(ms, 'en'), spell(ms, 'zh-CN')]).toEqual([en, zh])
})
