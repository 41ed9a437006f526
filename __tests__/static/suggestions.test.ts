import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { EmojiBook, type EmojiRow, type EverydayRow } from '../../static/js/models/emoji.js'
import { find, wordAt } from '../../static/js/models/suggestions.js'

const at = (marked: string) => wordAt(marked.replace('|', ''), marked.indexOf('|'))

describe('the word being written', () => {
  test.each([
    ['@|', '@', ''],
    ['@xx|n', '@', 'xx'],
    ['你好@小|', '@', '小'],
    ['你好＠小|', '@', '小'],
    ['﹫xx|n', '@', 'xx'],
    ['look: :smi|', ':', 'smi'],
    ['好:smile|', ':', 'smile'],
    ['/ro|ll 20', '/', 'ro'],
    ['／ro|ll 20', '/', 'ro'],
    ['、ro|ll 20', '/', 'ro'],
    ['/ban |', ' ', ''],
    ['／ban 小|', ' ', '小'],
    ['、禁言 小|', ' ', '小'],
    ['/禁言 小|', ' ', '小'],
  ])('in %s is a word after %s', (marked, sign, query) => {
    expect(at(marked)).toMatchObject({ sign, query })
  })

  test.each([
    'a@b.co|',
    'a＠b.co|',
    '12:30|',
    'x:tada:|',
    '::|',
    ': :|',
    'http://x|',
    ':s|',
    'so /roll|',
    'so ／roll|',
    '茶、roll|',
    '@ada hi|',
    '',
  ])('in %j is nothing to finish', (marked) => {
    expect(at(marked)).toBeUndefined()
  })

  test.each([
    [':tada:|', 'tada'],
    ['好:+1:|', '+1'],
  ])('in %s was written to its end', (marked, query) => {
    expect(at(marked)).toMatchObject({ sign: ':', query, whole: true, from: marked.indexOf(':') })
  })

  test('ends at the caret, and what stands behind it stays', () => {
    expect(wordAt('hi @ad there', 6)).toEqual({ sign: '@', from: 3, to: 6, query: 'ad' })
  })
})

describe('a query', () => {
  const members = [
    ['机器人小小鸟', '小小鸟', 'bird', 'jqrxxn'],
    ['Adele'],
    ['小明', 'xm'],
    ['Cassandra'],
    ['Ada'],
  ]
  const names = (query: string) => find(query, members, (words) => words).map(([name]) => name)

  test('finds a Chinese name by its initials, or some of them', () => {
    expect(names('jqr')).toEqual(['机器人小小鸟'])
    expect(names('xxn')).toEqual(['机器人小小鸟'])
  })

  test('puts names that begin with it before those that hold it', () => {
    expect(names('AD')).toEqual(['Adele', 'Ada'])
    expect(names('an')).toEqual(['Cassandra'])
  })

  test('of full width finds the same', () => {
    expect(names('ａｄａ')).toEqual(['Ada'])
  })

  test('that is empty finds all, as many as are wanted', () => {
    expect(find('', members, (words) => words, 2)).toHaveLength(2)
  })
})

/** UTS #51, ED-27: recommended for exchange. */
const RGI = new RegExp('^\\p{RGI_Emoji}$', 'v')

const everyday: EverydayRow[] = JSON.parse(
  readFileSync(new URL('../../static/js/emoji/everyday.json', import.meta.url), 'utf8'),
)

describe.each(['zh-CN', 'en'])('the emoji in %s', (lang) => {
  const file = new URL(`../../static/js/emoji/${lang}.json`, import.meta.url)
  const rows: EmojiRow[] = JSON.parse(readFileSync(file, 'utf8'))

  test('are known once each, by a name, in nine groups', () => {
    expect(new Set(rows.map(([emoji]) => emoji)).size).toBe(rows.length)
    expect(rows.filter(([emoji, name]) => !name || !RGI.test(emoji))).toEqual([])
    expect(new Set(rows.map(([, , , , group]) => group))).toEqual(
      new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]),
    )
  })

  test('are found by the beginning of a shortcode and by a word', () => {
    const book = new EmojiBook(rows, [], undefined)
    expect(book.byCode('thumbsu')[0]?.emoji).toBe('👍')
    expect(book.find(lang === 'en' ? 'cat' : '猫', 60).map(({ emoji }) => emoji)).toContain('🐱')
    expect(book.byCode('heart')[0]?.emoji).toBe('❤️')
  })

  test('are found first by what people say, in the picker and after a colon', () => {
    const book = new EmojiBook(rows, everyday, undefined)
    const best = (...queries: string[]) => queries.map((one) => book.find(one)[0]?.emoji).join('')
    const typed = (...codes: string[]) => codes.map((one) => book.byCode(one)[0]?.emoji).join('')
    expect(best('laugh', 'lol', 'OK', 'thanks', 'thank you', 'good mor')).toBe('😂😂👌🙏🙏🌅')
    expect(best('高兴', '哈哈', '哈哈哈哈', '点赞', '加油', '今天好开心')).toBe('😄😂😂👍💪😄')
    expect(typed('lol', 'thanks', 'happ', 'ok', 'smile')).toBe('😂🙏😄🆗😄')
  })

  test('that people mean are all among them', () => {
    const known = new Set(rows.map(([emoji]) => emoji))
    const meant = everyday.flatMap(([, emoji]) => emoji.split(' '))
    expect(meant.filter((emoji) => !known.has(emoji))).toEqual([])
  })
})

test('the emoji taken last come first, also where nothing can be kept', () => {
  const rows: EmojiRow[] = [
    ['🐱', 'cat', '', 'cat', 2],
    ['🐶', 'dog', '', 'dog', 2],
  ]
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage
  const book = new EmojiBook(rows, [], storage)
  book.took('🐱')
  book.took('🐶')
  book.took('🐱')
  expect(book.recent.map(({ emoji }) => emoji)).toEqual(['🐱', '🐶'])
  expect(new EmojiBook(rows, [], undefined).recent).toEqual([])
})
