import { describe, expect, test } from '@jest/globals'
import { clock } from '../../static/js/models/clock.js'
import { deed, held, reported } from '../../static/js/models/deeds.js'
import { texts, type Lang } from '../../src/i18n/index.js'
import { ada, grace } from './room-words.js'

const telling = (lang: Lang) => ({
  words: texts[lang].page.order,
  titleOf: (room: string) => (room === 'lobby' ? texts[lang].room.lobby : room),
  time: () => '15:06',
})
/** Names stand in isolation, for the eye it makes no difference. */
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '')
const said = (entry: Omit<Parameters<typeof deed>[0], 'by'>, lang: Lang) =>
  plain(deed({ by: ada, ...entry }, telling(lang)))

describe('the log tells in a sentence', () => {
  test.each<[Omit<Parameters<typeof deed>[0], 'by'>, string, string]>([
    [
      { action: 'mute', target: grace, room: 'lobby', details: { ms: 600_000 } },
      'Ada 把 Grace 禁言 10 分钟（大厅）',
      'Ada muted Grace for 10 minutes (Lobby)',
    ],
    [
      { action: 'ban', target: grace, details: { ms: 86_400_000 } },
      'Ada 把 Grace 封禁 1 天（所有房间）',
      'Ada banned Grace for 1 day (everywhere)',
    ],
    [
      { action: 'settings', room: 'tea', details: { slow_ms: 5000, title: 'Tea' } },
      'Ada 更改了房间设置：名字、慢速模式（tea）',
      'Ada changed the room: name, slow mode (tea)',
    ],
    [
      { action: 'approve', target: grace, room: 'tea', details: { on: false } },
      'Ada 拒绝了 Grace 的申请（tea）',
      'Ada turned Grace away (tea)',
    ],
    [
      { action: 'role', target: grace, details: { role: null } },
      'Ada 取消了 Grace 的管理员身份',
      'Ada took the moderator’s role from Grace',
    ],
  ])('%j', (entry, zh, en) => {
    expect([said(entry, 'zh-CN'), said(entry, 'en')]).toEqual([zh, en])
  })

  test('who acted at the command line, and an act that is newer than the page', () => {
    const by = { id: null, name: '' }
    const entry = { by, action: 'invite', room: 'lobby' }
    expect(plain(deed(entry, telling('en')))).toBe('The command line made an invite link (Lobby)')
    expect(said({ action: 'dance' }, 'en')).toBe('Ada · dance')
  })

  test('a report, and a ban that holds', () => {
    const report = { by: ada, room: 'lobby', event: { user: grace } }
    expect(plain(reported(report, telling('zh-CN')))).toBe('Ada 举报了 Grace 的消息（大厅）')
    const ban = { user: grace, by: ['device', 'name'], made_by: ada, until: 1 }
    expect(plain(held(ban, telling('en')))).toBe(
      'Ada banned Grace until 15:06, by person and browser, name (everywhere)',
    )
  })
})

describe('a moment', () => {
  const at = (days: number) => new Date().setHours(15, 6, 0, 0) + days * 86_400_000
  test.each<[Lang, number, RegExp]>([
    ['zh-CN', 0, /^今天 15:06$/],
    ['zh-CN', -1, /^昨天 15:06$/],
    ['en', 1, /^15:06 tomorrow$/],
    ['en', 0, /^15:06 today$/],
    ['en', -800, /^15:06, \w+ \d+, 20\d\d$/],
  ])('is told in %s, %i days away, as the talk tells it', (lang, days, words) => {
    expect(clock(lang, texts[lang].page.room).moment(at(days))).toMatch(words)
  })
})
