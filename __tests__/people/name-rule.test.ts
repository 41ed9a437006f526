import { describe, expect, test } from '@jest/globals'
import { checkName, type NameReason } from '../../src/people/name-rule.js'
import { skeleton } from '../../src/people/skeleton.js'

const named = (raw: string) => {
  const checked = checkName(raw)
  return checked.ok ? checked.name : checked.reason
}

describe('a nickname that people use is taken as it is', () => {
  const names = ['阿明', '阿明Tom', '欧阳明远', 'Ada Lovelace', 'José', 'Ελένη', 'Ольга', 'さくら子', '김민준Kim', 'محمد', 'राजेश', 'ทักษิณ', 'ᠮᠣᠩᠭᠣᠯ', '小明🐱', '👩‍💻', '❤️', '🇨🇳', '1️⃣号', 'O’Neil', '阿凡提·买买提', '42'] // prettier-ignore
  test.each(names)('%s', (name) => {
    expect(checkName(name)).toMatchObject({ ok: true, name: name.normalize('NFKC') })
  })
})

describe('a nickname is refused by the rule it breaks', () => {
  const refused: [string, NameReason][] = [
    ['', 'empty'],
    [' \u3000\t', 'empty'],
    ['字'.repeat(21), 'tooLong'],
    ['x'.repeat(100_000), 'tooLong'],
    ['👨‍👩‍👧‍👦'.repeat(6), 'tooManyBytes'],
    ['a\u0000b', 'invisible'],
    ['a\nb', 'invisible'],
    ['evil\u202Egpj', 'invisible'],
    ['to\u200Bm', 'invisible'],
    ['to\u200Dm', 'invisible'],
    ['\u3164', 'invisible'],
    ['\u115F', 'invisible'],
    ['\u2800', 'invisible'],
    ['a\u{E0041}', 'invisible'],
    ['🏴\u{E0067}\u{E007F}', 'invisible'],
    ['to\uD83Dm', 'invisible'],
    ['\uE000', 'invisible'],
    ['Z\u0351\u0352\u0353', 'marks'],
    ['\u0301a', 'marks'],
    ['…!?', 'noLetters'],
    ['#', 'noLetters'],
    ['Тom', 'scripts'],
    ['αdmin', 'scripts'],
    ['明Ольга', 'scripts'],
    ['さくら김', 'scripts'],
  ]
  test.each(refused)('%j is %s', (raw, reason) => {
    expect(named(raw)).toBe(reason)
  })
})

test('spaces around a name go, inside they fold to one, and width does not matter', () => {
  expect(named('  Ａｄａ \u3000 Lovelace\u00a0')).toBe('Ada Lovelace')
})

test('twenty characters are allowed, however many code points they take', () => {
  expect(named('字'.repeat(20))).toBe('字'.repeat(20))
  expect(named('👍🏽'.repeat(16))).toBe('👍🏽'.repeat(16))
})

describe('names that look alike have one skeleton', () => {
  const pairs = [['Ada', 'ada'], ['Ada', 'ＡＤＡ'], ['Tom', 'Тоm'], ['paypal', 'раураl'], ['Bill', 'BI11'], ['Bob', 'B0b'], ['arnold', 'amold'], ['straße', 'STRASSE'], ['сор', 'cop'], ['小小鳥', '小小鸟'], ['機器人', '机器人'], ['臺灣', '台湾'], ['衆裏', '众里']] // prettier-ignore
  test.each(pairs)('%s and %s', (one, other) => {
    expect(skeleton(one)).toBe(skeleton(other))
  })
})

test('Chinese, Japanese and Korean names keep all their strokes', () => {
  const names = ['七', '几', '山', '刀', '口', '工', 'エ', 'ロ', 'T', 'N', 'W', '小七', '小T', '己', '已', '王一', '王二', '김', '긴'] // prettier-ignore
  expect(new Set(names.map(skeleton)).size).toBe(names.length)
})

test('vowel signs and accents tell names apart', () => {
  expect(skeleton('राम')).not.toBe(skeleton('रम'))
  expect(skeleton('José')).not.toBe(skeleton('Jose'))
})
