import { expect, test } from '@jest/globals'
import { card, note, strip } from '../../static/js/models/bots.js'
import { ruled } from '../../static/js/models/bot-rules.js'
import { texts } from '../../src/i18n/index.js'
import type { BotInfo } from '../../src/protocol.js'

const en = texts.en.page.bots
const zh = texts['zh-CN'].page.bots

const bird: BotInfo = {
  id: 0,
  name: '机器人小小鸟',
  imageid: 'bot',
  hear: 'auto',
  aliases: ['小小鸟'],
  away: { to: 'machine' },
  streams: false,
  commands: ['roll', 'coin'],
  state: 'ready',
}
const helper: BotInfo = {
  ...bird,
  id: -1,
  name: 'helper',
  aliases: [],
  hear: 'mention',
  away: { to: 'internet', hosts: ['a.example', 'b.example'] },
  commands: [],
}
const written = (lang: string) => ({ lang, time: (at: number) => `moment ${at}` })
const said = (bots: BotInfo[], people: number, words = en) => {
  const { who, away } = strip(bots, { people }, words)
  return `${who} · ${away}`
}

test.each<[BotInfo[], number, string]>([
  [[bird], 2, '小小鸟 answers when called · Bots work offline'],
  [[bird], 1, '小小鸟 hears everything · Bots work offline'],
  [[{ ...bird, hear: 'command' }], 1, '小小鸟 hears commands · Bots work offline'],
  [[helper], 1, 'helper answers when called · Messages go to a.example, b.example'],
  [
    [{ ...bird, away: { to: 'network' } }],
    2,
    '小小鸟 answers when called · Bots stay in the network',
  ],
  [[bird, { ...bird, away: { to: 'unknown' } }], 2, '2 bots listen · Messages may be shared'],
  [[bird, helper], 2, '2 bots listen · Messages go to a.example, b.example'],
])('%j among %i: %s', (bots, people, text) => {
  expect(said(bots, people)).toBe(text)
})

test('the same in Chinese, and nothing about no bots', () => {
  expect(said([bird], 2, zh)).toBe('小小鸟：@它才回复 · 机器人不联网')
  expect(strip([], { people: 2 }, zh)).toEqual({ who: '', away: '', loud: false, waits: false })
})

test.each<[BotInfo, number, string]>([
  [bird, 2, '@ me and I answer'],
  [bird, 1, 'I hear every message'],
  [helper, 1, '@ me and I answer'],
  [{ ...bird, hear: 'command' }, 1, 'Give me a / command'],
  [{ ...bird, hear: 'none' }, 1, 'I speak and hear nothing'],
  [{ ...bird, state: 'off' }, 1, 'Not running'],
])('among the members %j beside %i says: %s', (bot, people, text) => {
  expect(note(bot, { people }, en)).toBe(text)
})

test('in a room of two every bot hears all that is said', () => {
  expect(strip([helper], { people: 1, ofTwo: true }, en).who).toBe('helper hears everything')
  expect(note(helper, { people: 1, ofTwo: true }, zh)).toBe('每句我都听')
})

test('who wants an answer calls a bot, where none of them hears all', () => {
  const waits = (bots: BotInfo[], people: number) => strip(bots, { people }, en).waits
  expect([waits([bird], 2), waits([bird, helper], 2), waits([bird], 1), waits([], 2)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('it is one to notice where all that several people write goes to the internet', () => {
  const loud = (bot: BotInfo, people: number) => strip([bird, bot], { people }, en).loud
  const all = { ...helper, hear: 'all' as const }
  expect([loud(all, 2), loud(all, 1), loud(helper, 2), loud(bird, 2)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('a card says how it is called, what it hears and where that goes', () => {
  expect(card({ ...bird, hear_bots: true }, en, written('en'))).toMatchObject({
    called: '@机器人小小鸟  @小小鸟',
    commands: '/roll  /coin',
    hears: expect.stringMatching(/^Whoever calls it.*, other bots too$/),
    away: 'Nowhere: messages stay on this server',
    state: 'Ready',
    health: '',
  })
  expect(card(helper, zh, written('zh-CN')).away).toBe('发给互联网上的 a.example、b.example')
})

test('how it fares is told to who was told, with the kinds of failures in words', () => {
  const last_error = { at: Date.UTC(2026, 4, 20, 12), kind: 'auth' }
  const fares = { ...helper, answered: 3, failed: 1, p95_ms: 1_240, last_error }
  expect(card(fares, en, written('en')).health).toMatch(
    /^3 answered and 1 failed since the start\. 95% of answers came within 1\.2 s\. Last failure: its key was refused \(moment \d+\)$/,
  )
  expect(card({ ...fares, p95_ms: 4 }, en, written('en')).health).toContain('within 0.1 s')
  const own = { ...fares, last_error: { ...last_error, kind: 'weather' } }
  expect(card(own, zh, written('zh-CN')).health).toContain('最近一次失败：weather')
  expect(card({ ...helper, answered: 0, failed: 0 }, en, written('en')).health).toBe(
    '0 answered and 0 failed since the start',
  )
})

test('of one whose file is broken its host reads why, and that it is as it was before', () => {
  const data = 'bots/bird.js:1: SyntaxError: …'
  const fares = { answered: 3, failed: 0, last_error: { at: 0, kind: 'broken', data } }
  expect(card({ ...bird, ...fares, broken: data }, en, written('en'))).toMatchObject({
    state: 'As it was before the last save',
    broken: data,
    health: '3 answered and 0 failed since the start',
  })
})

const ruledBy = (policy: BotInfo['policy'], more: Partial<BotInfo> = {}): BotInfo => ({
  ...bird,
  ...(policy && { policy }),
  ...more,
})
const off = ruledBy({ mode: 'off', callers: 'everybody' })
const calledOnly = ruledBy({ mode: 'called', callers: 'moderators' })
const night = { from: '22:00', until: '08:00' }

test('what moderators set is said where it hears, and of a bot that is off nothing else', () => {
  const alone = { people: 1 }
  expect(strip([off], alone, en).who).toBe('The bots are turned off here')
  expect(strip([off, helper], alone, en).who).toBe('helper answers when called')
  expect(strip([calledOnly], alone, en).who).toBe('小小鸟 answers when called')
  expect([note(off, alone, zh), note(calledOnly, alone, zh)]).toEqual([
    '在这里关着',
    '@ 我就会回答',
  ])
})

test.each<[BotInfo, string]>([
  [bird, ''],
  [off, 'It is turned off: it hears and says nothing here'],
  [calledOnly, 'It answers only when called. It answers moderators only'],
  [
    ruledBy({ mode: 'active', callers: 'everybody', quiet: night }),
    'From 22:00 to 08:00 (Asia/Shanghai) it answers only when called',
  ],
])('its card says what holds in this room: %#', (bot, text) => {
  expect(ruled(bot, en, 'Asia/Shanghai')).toBe(text)
})

test('its card says what is left for me, in my language, and nothing where nothing is limited', () => {
  const rest: BotInfo['rest'] = [
    { of: 'person', what: 'answers', in: 'minute', left: 2, limit: 3 },
    { of: 'room', what: 'tokens', in: 'day', left: 12_000, limit: 50_000 },
  ]
  const left = (bot: BotInfo, words = en, lang = 'en') => card(bot, words, written(lang)).rest
  expect(left({ ...bird, rest })).toBe(
    'For you 2 of 3 answers this minute. For this room 12,000 of 50,000 tokens today',
  )
  expect(left({ ...bird, rest }, zh, 'zh-CN')).toBe(
    '你这一分钟还能回答 2 次（共 3 次）。这个房间今天还剩 12,000 个 token（共 50,000 个）',
  )
  expect(left(bird)).toBe('')
})
