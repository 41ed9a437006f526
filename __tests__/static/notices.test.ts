import { expect, test } from '@jest/globals'
import { pageEn } from '../../src/i18n/page/en.js'
import { pageZhCN } from '../../src/i18n/page/zh-CN.js'
import { doneBy, noticeText } from '../../static/js/models/notices.js'

const plain = (name: string) => name
const told = (notes: { code: string; values: Record<string, string | number> }[]) =>
  [pageZhCN, pageEn].map((texts) => noticeText({ data: 'as it was', notes }, texts, plain))

test('a notice is worded by each page, with a space where Latin meets Chinese', () => {
  const renamed = { code: 'title', values: { name: 'Ada', title: '读书会' } }
  const slow = { code: 'slow', values: { name: '小满', ms: 30_000 } }
  expect(told([renamed, slow])).toEqual([
    'Ada 把房间改名为「读书会」。小满打开了慢速模式：每人每 30\u00a0秒可发一条。',
    'Ada called the room “读书会”. 小满 turned on slow mode: one message every 30\u00a0s from each person.',
  ])
})

test('what was done at the command line was done by the host, in each language', () => {
  expect(told([{ code: 'slowOff', values: { ms: 0 } }])).toEqual([
    '房主关闭了慢速模式。',
    'The host turned off slow mode.',
  ])
})

test('so was a pin or a topic, which bears the name that the server has for it', () => {
  const by = (kind: 'person' | 'bot', cid?: string) =>
    [pageZhCN, pageEn].map((texts) => doneBy({ user: { name: '房主', kind }, cid }, texts, plain))
  expect(by('bot', 'console.1234')).toEqual(['房主', 'The host'])
  expect(by('bot', 'another.1234')).toEqual(['房主', '房主'])
  expect(by('person', 'console.1234')).toEqual(['房主', '房主']) // whoever calls a frame so
})

test('one that is older than the codes, or newer than the page, is shown as the server wrote it', () => {
  expect(told([])).toEqual(['as it was', 'as it was'])
  expect(told([{ code: 'moonrise', values: {} }])).toEqual(['as it was', 'as it was'])
  expect(told([{ code: 'constructor', values: {} }])).toEqual(['as it was', 'as it was'])
})
