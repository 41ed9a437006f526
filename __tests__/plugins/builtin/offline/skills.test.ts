import { expect, test } from '@jest/globals'
import { seeded } from '../../../../src/testing/seeded.js'
import { ada, aviary, bot, lin } from './aviary.js'

test.each([
  ['1+1', '1 + 1 = 2'],
  ['（３＋４）×５ 等于多少', '(3 + 4) × 5 = 35'],
  ['what is 3 plus 4 times 2?', '3 + 4 × 2 = 11'],
  ['三加五等于几', '3 + 5 = 8'],
  ['一百零五乘以二十', '105 × 20 = 2100'],
  ['两万三千减一', '23000 − 1 = 22999'],
  ['三点五乘以二', '3.5 × 2 = 7'],
  ['2的10次方', '2^10 = 1024'],
  ['5的平方', '5^2 = 25'],
  ['20% of 50', '20% × 50 = 10'],
  ['50的20%是多少', '50 × 20% = 10'],
  ['100 + 10%', '100 + 10% = 110'],
  ['50% + 50%', '50% + 50% = 1'],
  ['2^3^2', '2^3^2 = 512'],
  ['-2 + 5', '−2 + 5 = 3'],
  ['2*-3', '2 × −3 = -6'],
  ['0.1+0.2', '0.1 + 0.2 = 0.3'],
  ['1,000 + 2', '1000 + 2 = 1002'],
  ['10÷4=?', '10 ÷ 4 = 2.5'],
  ['3x4', '3 × 4 = 12'],
  ['5-3', '5 − 3 = 2'],
  ['2024 - 1 - 2', '2024 − 1 − 2 = 2021'],
])('%s: %s', async (asked, sum) => {
  expect(await aviary().hears(asked)).toContain(sum)
})

test.each([
  ['2024-01-02', /日期/],
  ['2024/1/2 等于多少', /日期/],
  ['12/25', /日期/],
  ['03-08', /日期/],
  ['138-1234-5678', /电话/],
  ['+86 13812345678', /电话/],
  ['(010) 8888-9999', /电话/],
  ['1/0', /0/],
  ['5 / (3 - 3)', /0/],
  ['0^(-1)', /0/],
  ['9^9^9^9', /太大/],
  ['2^99999', /太大/],
  ['99999999999999999999 + 1', /太大/],
  ['(-8)^(1/3)', /实数/],
])('%s is refused in a sentence', async (asked, sentence) => {
  const answer = await aviary().ask(asked)

  expect(answer).toMatchObject({ topic: 'sum', text: expect.stringMatching(sentence) })
  expect(answer?.text).not.toMatch(/ = |Infinity|NaN/)
})

test.each([
  '13812345678',
  '192.168.1.1',
  '1.2.3',
  '100%',
  '5',
  '1 +',
  '(1+2',
  '1 2',
  '12:30',
  '()',
])('%s is no sum', async (text) => {
  expect(await aviary().ask(text)).not.toMatchObject({ topic: 'sum' })
})

test('it tells time, date and day in the zone of the room', async () => {
  const { hears } = aviary({ zone: 'Asia/Shanghai' }) // 05:05 on the 25th there, 21:05 on the 24th in UTC

  expect(await hears('现在几点')).toMatch(/05:05.*Asia\/Shanghai/)
  expect(await hears('今天几号')).toMatch(/2026年11月25日/)
  expect(await hears('what day is it?')).toMatch(/Wednesday/)
  expect(await hears('纽约现在几点了')).toMatch(/星期二 16:05/)
  expect(await hears('What time is it in London?')).toMatch(/Tuesday.*21:05/)
  expect(await aviary({ zone: 'UTC' }).hears('几点了')).toMatch(/21:05/)
})

test('midnight is 00, never 24', async () => {
  const { hears, passes } = aviary({ zone: 'UTC' })
  passes(2 * 3_600_000 + 56 * 60_000)

  expect(await hears('几点了')).toMatch(/00:01/)
})

test('a zone that does not exist is a fault at the start', () => {
  expect(() => aviary({ zone: 'Mars/Olympus' })).toThrow(RangeError)
})

test('dice show each throw and add up', async () => {
  const { hears } = aviary()
  for (let n = 0; n < 50; n += 1) {
    const [, a, b, total] = /2d6: (\d) \+ (\d) = (\d+)$/.exec(await hears('/roll 2d6')) ?? []
    expect(Number(a) + Number(b)).toBe(Number(total))
    for (const eye of [a, b]) expect('123456').toContain(eye)
  }
  expect(await hears('3d6+2')).toMatch(/\+ 2 = \d+$/)
  expect(await hears('掷三个骰子')).toMatch(/3d6: \d \+ \d \+ \d = /)
  expect(await hears('roll 20')).toMatch(/d20: \d+$/)
})

test('what it can do is a list, and what a host writes for a model a block to copy', async () => {
  const { hears } = aviary()
  for (const [help, model] of [
    ['帮助', '怎么变聪明'],
    ['help', 'how do I make you smarter'],
  ] as const) {
    expect(await hears(help)).toMatch(/^[^\n]+\n(?:- [^\n]+\n){6}\n[^-]/)
    expect(await hears(model)).toMatch(/\n```ini\n\[bot:[^`]+\n```\n/)
  }
})

test('one die of six sides shows its eyes, and no notation that nobody asked for', async () => {
  const { hears } = aviary()
  for (const asked of ['掷骰子', '/roll', 'roll a die', 'd6'])
    expect(await hears(asked)).toMatch(/^🎲 (?:\D+…+ )?[1-6]$/)
  expect(await hears('d20')).toMatch(/d20: \d+$/)
})

test.each(['/roll 99d6', '/roll 2d9999', '/roll 0d6', '/roll 1d1', '/roll 999999d999999'])(
  '%s is refused with the rule',
  async (asked) => {
    expect(await aviary().hears(asked)).toMatch(/最多|至少/)
  },
)

test('a coin shows both sides in time', async () => {
  const { hears } = aviary()
  const tosses = []
  for (let n = 0; n < 20; n += 1) tosses.push(await hears('抛硬币'))

  expect(tosses.some((toss) => toss.includes('正面'))).toBe(true)
  expect(tosses.some((toss) => toss.includes('反面'))).toBe(true)
})

test('it tells who is here, people and bots apart, and not all of a crowd', async () => {
  const many = Array.from({ length: 30 }, (_, id) => ({ ...lin, id, name: `P${id}` }))

  expect(await aviary({ members: [bot, lin, ada] }).hears('谁在')).toMatch(
    /2 个人.*林清晴、Ada.*机器人小小鸟/,
  )
  expect(await aviary({ members: many }).hears('who is here?')).toMatch(/30.*P9 and 20 more/)
  expect(await aviary({ members: [bot] }).hears('谁在')).toMatch(/我/)
})

test('rock, paper, scissors is won by the rules', async () => {
  const wins = { '✊': '剪刀', '✋': '石头', '✌️': '布' }
  const { hears } = aviary()
  for (const [round, hand] of Array.from(
    { length: 60 },
    (_, n) => ['石头', '剪刀', '布'][n % 3] ?? '',
  ).entries()) {
    const words = await hears(round % 2 ? hand : `我出${hand}`)
    const mine = Object.keys(wins).find((sign) => words.startsWith(sign)) ?? ''
    const won = Object.entries(wins).some(([sign, beaten]) => sign === mine && beaten === hand)
    expect(/赢啦|归我/.test(words)).toBe(won)
  }
})

test('a number is found by halving, and the tries are counted', async () => {
  const { hears } = aviary()
  expect(await hears('猜数字')).toMatch(/1 到 100/)

  let [low, high] = [1, 100]
  let words = ''
  for (let n = 0; n < 7 && !words.includes('🎉'); n += 1) {
    const middle = Math.floor((low + high) / 2)
    words = await hears(String(middle))
    if (/小了|比 \d+ 大|往上/.test(words)) low = middle + 1
    else high = middle - 1
  }
  expect(words).toMatch(/🎉.*\d 次/)
  expect(await hears('50')).not.toMatch(/大|小了/)
})

test('each person plays a game of their own, and ten minutes of silence end it', async () => {
  const { ask, passes } = aviary({ random: seeded(3) })
  await ask('guess the number')

  expect(await ask('101')).toMatchObject({ topic: 'guess' })
  expect(await ask('101', ada)).not.toMatchObject({ topic: 'guess' })
  expect(await ask('101', lin, 'elsewhere')).not.toMatchObject({ topic: 'guess' })
  expect(await ask('谢谢')).toMatchObject({ topic: 'thanks' })
  passes(10 * 60_000 + 1)
  expect(await ask('101')).not.toMatchObject({ topic: 'guess' })
})

test('who gives up is told the number', async () => {
  const { ask } = aviary()
  await ask('猜数字')

  expect(await ask('放弃')).toMatchObject({ topic: 'guess', text: expect.stringMatching(/\d/) })
})
