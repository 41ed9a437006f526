import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import dice from '../../../src/plugins/builtin/dice/index.js'
import * as echo from '../../../src/plugins/builtin/echo/index.js'
import keywords from '../../../src/plugins/builtin/keywords/index.js'
import moderation from '../../../src/plugins/builtin/moderation/index.js'
import { wordFinder } from '../../../src/plugins/builtin/moderation/words.js'
import poll from '../../../src/plugins/builtin/poll/index.js'
import reminder from '../../../src/plugins/builtin/reminder/index.js'
import welcome from '../../../src/plugins/builtin/welcome/index.js'
import { shipped } from '../../../src/plugins/builtin/shipped.js'
import { testRoom } from '../../../src/testing/testing.js'
import { open } from '../../helpers/test-room.js'

/** The bots in the box, each in a room of the test kit. */

test.each(shipped)('%s is short enough to be read as an example', (name) => {
  const lines = readFileSync(`src/plugins/builtin/${name}/index.ts`, 'utf8').split('\n').length
  expect(lines).toBeLessThanOrEqual(150)
})

describe('echo', () => {
  test('says again what is said to it, without its name', async () => {
    const t = await open({ bots: { echo } })
    await t.says('ada', 'hello')
    await t.says('ada', '@echo hello')
    await t.says('ada', '/回声 你好')
    expect(t.lines().filter((line) => line.startsWith('echo'))).toEqual([
      'echo: hello',
      'echo: 你好',
    ])
  })
})

describe('dice', () => {
  test.each([
    ['/roll', /^dice: 🎲 [1-6]$/],
    ['/roll 20', /^dice: 🎲 d20: \d+$/],
    ['/骰子 ２ｄ6+1', /^dice: 🎲 2d6\+1: [1-6] \+ [1-6] \+ 1 = \d+$/],
    ['/掷骰子 3d8 - 2', /^dice: 🎲 3d8-2: [1-8] \+ [1-8] \+ [1-8] - 2 = -?\d+$/],
  ])('%s is rolled', async (line, answer) => {
    const t = await open({ bots: { dice } })
    await t.says('ada', line)
    expect(t.lines()[1]).toMatch(answer)
  })

  test.each(['/roll 51d6', '/roll d1', '/roll 0d6', '/roll two'])(
    '%s is told how, alone',
    async (line) => {
      const t = await open({ bots: { dice }, lang: 'zh-CN' })
      await t.says('ada', line)
      expect(t.lines()).toHaveLength(1)
      expect(t.told('ada')).toEqual([expect.stringContaining('例如 /骰子')])
    },
  )

  test('every side comes, and none but those', async () => {
    const t = await open({ bots: { dice: { use: dice, sides: 3 } } })
    await t.says('ada', '/roll 50d')
    const rolled =
      t
        .lines()[1]
        ?.match(/d3: (.*) =/)?.[1]
        ?.split(' + ') ?? []
    expect(rolled).toHaveLength(50)
    expect(new Set(rolled)).toEqual(new Set(['1', '2', '3']))
  })
})

describe('keywords', () => {
  const bots = {
    canteen: { use: keywords, answers: ['食堂 | canteen => 七点开门，{name}。', 'hi => Hello!'] },
  }

  test('answers a word, whatever its case and width, and no part of another word', async () => {
    const t = await open({ bots })
    await t.says('ada', '请问食堂几点开？')
    await t.says('ada', 'this is fine')
    await t.says('ada', 'ＨＩ there')
    expect(t.lines().filter((line) => line.startsWith('canteen'))).toEqual([
      'canteen: 七点开门，ada。',
      'canteen: Hello!',
    ])
  })

  test('keeps an answer to itself for a minute', async () => {
    const t = await open({ bots })
    await t.says('ada', 'hi')
    await t.says('ada', 'hi')
    await t.passes('1m')
    await t.says('ada', 'hi')
    expect(t.lines()).toEqual([
      'ada: hi',
      'canteen: Hello!',
      'ada: hi',
      'ada: hi',
      'canteen: Hello!',
    ])
  })

  test('a line that is no rule is named at the start', async () => {
    const bots = { canteen: { use: keywords, answers: ['食堂 七点'] } }
    await expect(testRoom({ bots })).rejects.toThrow(/食堂 七点/)
  })
})

describe('welcome', () => {
  test('greets who comes for the first time, alone, also after a restart', async () => {
    const t = await open({ bots: { host: welcome }, people: [] })
    await t.comes('ada')
    await t.leaves('ada')
    await t.restart()
    await t.comes('ada')
    await t.comes('grace')
    expect(t.told('ada')).toEqual([expect.stringContaining('Welcome to lobby, ada!')])
    expect(t.told('grace')).toHaveLength(1)
    expect(t.lines()).toEqual([])
  })

  test('greets aloud if it should, in the words of the host', async () => {
    const bots = { host: { use: welcome, aloud: true, greeting: '{name} 来了' } }
    const t = await open({ bots, people: ['ada'] })
    expect(t.lines()).toEqual(['host: ada 来了'])
  })

  test('tells the rules and the bots', async () => {
    const bots = { host: { use: welcome, rules: ['好好说话', '不发广告'] }, dice }
    const t = await open({ bots, lang: 'zh-CN' })
    await t.says('ada', '/房规')
    expect(t.told('ada').at(-1)).toBe(
      'host: 1. 好好说话\n2. 不发广告\n这里的机器人： @host @dice\n输入 / 就能看到能用的命令。',
    )
  })
})

describe('poll', () => {
  const people = ['ada', 'grace']

  test('counts the last vote of each person, pressed or typed, also after a restart', async () => {
    const t = await open({ bots: { poll }, people })
    await t.says('ada', '/poll Where to? | sea | hills')
    await t.answers('ada', 2, '1')
    await t.restart()
    await t.says('grace', '/vote 2')
    await t.says('ada', '/vote ２')
    expect(t.card(2)).toEqual({ open: true, people: 2, counts: { 1: 0, 2: 2 } })
    expect(t.told('ada')).toEqual(['poll: 📊 Where to?\n1. sea   0\n2. hills  ▇▇ 2'])
  })

  test('its end closes the card and says how it came out', async () => {
    const t = await open({ bots: { poll }, people })
    await t.says('ada', '/poll Where to? | sea | hills')
    await t.answers('grace', 2, '2')
    await t.says('ada', '/endpoll')
    expect(t.lines().at(-1)).toBe(
      'poll: The poll is over:\n📊 Where to?\n1. sea   0\n2. hills  ▇ 1',
    )
    await expect(t.answers('grace', 2, '1')).rejects.toThrow('closed')
  })

  test('only who began it can end it', async () => {
    const t = await open({ bots: { poll }, people, lang: 'zh-CN' })
    await t.says('ada', '/投票 去哪儿？| 海边 | 山上')
    await t.says('grace', '/结束投票')
    expect(t.told('grace')).toEqual(['poll: 只有发起投票的人能结束它。'])
    await t.says('ada', '/结束投票')
    expect(t.lines().at(-1)).toMatch(/^poll: 投票结束：\n📊 去哪儿？/)
    await t.says('ada', '/选 1')
    expect(t.told('ada')).toEqual(['poll: 现在没有投票。用 /投票 发起一个。'])
  })

  test.each(['/poll', '/poll Where to?', '/poll Where to? | sea'])(
    '%s is told how',
    async (line) => {
      const t = await open({ bots: { poll } })
      await t.says('ada', line)
      expect(t.told('ada')).toEqual([expect.stringContaining('2 to 10 choices')])
    },
  )
})

describe('reminder', () => {
  /** Noon in Shanghai, a Thursday. */
  const now = Date.UTC(2026, 10, 26, 4)
  const bots = { bell: { use: reminder, time_zone: 'Asia/Shanghai' } }

  test('明天早上八点提醒我, in the time zone of the room', async () => {
    const t = await open({ bots, now, lang: 'zh-CN' })
    await t.says('ada', '明天早上八点提醒我交作业')
    expect(t.lines()[1]).toBe('bell: 好，11月27日周五 08:00 提醒你。')
    await t.passes('1199m')
    expect(t.lines()).toHaveLength(2)
    await t.passes('2m')
    expect(t.lines()[2]).toBe('bell: ⏰ @ada 交作业')
  })

  test.each([
    ['/remind in 20 minutes drink', '20m', 'drink'],
    ['/提醒 两小时后 喝水', '2h', '喝水'],
    ['/提醒 半小時後 喝水', '30m', '喝水'],
    ['remind me in an hour to call home', '1h', 'call home'],
    ['@bell 今晚八点半开会', '510m', '开会'],
    ['/remind at 8 PM UTC tea', '16h', 'tea'],
    ['/remind', '1s', undefined],
  ])('%s', async (line, after, what) => {
    const t = await open({ bots, now })
    await t.says('ada', line)
    await t.passes(after)
    await t.passes('10s')
    const rung = t.lines().filter((line) => line.startsWith('bell: ⏰'))
    expect(rung).toEqual(what === undefined ? [] : [`bell: ⏰ @ada ${what}`])
  })

  test('survives a restart, and says it once', async () => {
    const t = await open({ bots, now })
    await t.says('ada', '/remind in 20 minutes drink')
    await t.restart()
    await t.passes('25m')
    await t.restart()
    await t.passes('25m')
    expect(t.lines().filter((line) => line.includes('⏰'))).toEqual(['bell: ⏰ @ada drink'])
  })

  test('lists one’s own, and cancels one by its number', async () => {
    const t = await open({ bots, now, people: ['ada', 'grace'] })
    await t.says('ada', '/remind tomorrow at 9 the second')
    await t.says('ada', '/remind in 20 minutes the first')
    await t.says('grace', '/remind in 10 minutes hers')
    await t.says('ada', '/unremind 1')
    await t.says('ada', '/remind')
    expect(t.told('ada').at(-1)).toMatch(/^bell: 1\. Fri, Nov 27(?:,| at) 09:00 the second$/)
  })

  test('asks which one, where a number is none of them', async () => {
    const t = await open({ bots, now })
    await t.says('ada', '/remind tomorrow at 9 wake up')
    await t.says('ada', '/unremind 7')
    expect(t.told('ada').at(-1)).toMatch(/^bell: Which one\?[^]*\n1\. .* wake up$/)
  })

  test.each([
    ['/remind something', /^bell: When\?/],
    ['/remind on 1 January 2020 party', /over/],
    ['/remind on 1 January 2030 party', /furthest/],
  ])('%s is told what to do', async (line, told) => {
    const t = await open({ bots, now })
    await t.says('ada', line)
    expect(t.told('ada')).toEqual([expect.stringMatching(told)])
  })

  test('a person has so many and no more', async () => {
    const t = await open({ bots: { bell: { ...bots.bell, most: 1 } }, now })
    await t.says('ada', '/remind in 5 minutes a')
    await t.says('ada', '/remind in 6 minutes b')
    expect(t.told('ada')).toEqual([expect.stringContaining('too many')])
  })

  test('a time zone that there is not is named', async () => {
    const bots = { bell: { use: reminder, time_zone: 'Mars/Base' } }
    await expect(testRoom({ bots })).rejects.toThrow('Mars/Base')
  })
})

describe('moderation', () => {
  const plugins = { guard: { use: moderation, words: ['spam', '坏话'], moderates: true } }

  test.each([
    'spam',
    'Buy SPAM now',
    'ｓｐａｍ',
    's p a m',
    's.p.a.m!',
    'ѕраm',
    'spám',
    'sp4m',
    '$pam',
    '他说坏话',
    '坏 话',
    '坏·话',
    '坏\u200b话',
    '坏**话',
  ])('%s is found', (text) => {
    expect(wordFinder(['spam', '坏话'])(text)).toBe(true)
  })

  test.each(['spammer', 'a spa, my dear', '话坏了', 'as pam said', '坏人不说话', '404 5'])(
    '%s is not',
    (text) => {
      expect(wordFinder(['spam', '坏话', 'ass'])(text)).toBe(false)
    },
  )

  test('a word is not sent, its author is warned, and the third time muted', async () => {
    const t = await open({ plugins, people: ['ada', 'grace'], lang: 'zh-CN' })
    for (const line of ['坏话', '又是坏话', '还是坏话']) await t.says('ada', line)
    await t.says('grace', '你好')
    expect(t.lines()).toEqual(['grace: 你好'])
    expect(t.told('ada')).toEqual([
      '这句话里有这里不说的词，没有发出。请换个说法。',
      '这句话里有这里不说的词，没有发出。请换个说法。',
      '这句话里有这里不说的词，没有发出。请换个说法。 你被禁言 10 分钟。',
    ])
    expect([t.mutedMs('ada'), t.mutedMs('grace')]).toEqual([600_000, undefined])
  })

  test('an edit that brings the word in is refused, and the line stays', async () => {
    const t = await open({ plugins })
    const seq = await t.says('ada', 'hello')
    await expect(t.edits('ada', seq, 'spam')).rejects.toThrow('not wanted here')
    expect(t.lines()).toEqual(['ada: hello'])
  })

  test('a flood is taken back, and who made it is muted', async () => {
    const t = await open({ plugins: { guard: { ...plugins.guard, flood: 3 } } })
    await t.says('ada', 'before')
    await t.passes('11s')
    for (const line of ['1', '2', '3', '4']) await t.says('ada', line)
    expect(t.lines()).toEqual(['ada: before'])
    expect(t.mutedMs('ada')).toBe(600_000)
  })

  test('without moderates = yes it only refuses', async () => {
    const t = await open({ plugins: { guard: { ...plugins.guard, moderates: false, flood: 2 } } })
    for (const line of ['1', '2', '3', 'spam']) await t.says('ada', line)
    expect(t.lines()).toEqual(['ada: 1', 'ada: 2'])
    expect(t.told('ada')[0]).toBe('That is too much at once; please take a break.')
    expect(t.mutedMs('ada')).toBeUndefined()
  })

  test.each([
    ['see https://example.com/x', 1],
    ['www.example.com', 1],
    ['买买买 shop.xyz', 1],
    ['see https://docs.school.edu/x', 0],
    ['v1.2.3 is out, e.g. today', 0],
  ])('%s has %i unwanted links', async (line, count) => {
    const guard = { use: moderation, links: false, hosts: ['school.edu'] }
    const t = await open({ plugins: { guard } })
    await t.says('ada', line)
    expect(t.told('ada')).toHaveLength(count)
  })
})
