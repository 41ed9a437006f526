import { expect, test } from '@jest/globals'
import { pageEn } from '../../src/i18n/page/en.js'
import { noticeText } from '../../static/js/models/notices.js'
import { fold } from '../../static/js/models/folds.js'
import { rows } from '../../static/js/models/rows.js'
import type { Entry, User } from '../../static/js/models/timeline.js'
import type { Volume } from '../../src/protocol.js'
import { card } from '../../static/js/models/bots.js'
import { ada, bird, said } from './room-words.js'

/** What people read of the tools that a bot uses. */

const dice = { ...bird, id: -1, name: 'dice' }
const used = (seq: number, user: User, tools: string) =>
  said(seq, {
    type: 'notice',
    user,
    data: 'as it was',
    notes: [{ code: 'tools', values: { name: user.name, tools } }],
  })

const view = (entries: Entry[], volume: Volume = 'all') => {
  const all = rows({ entries, older: false, atHead: true, lines: [], me: ada })
  return fold(all, { volumeOf: () => volume, isOpen: () => false }).flatMap((row) => {
    if (row.kind === 'notice') return [noticeText(row.item, pageEn, (name) => name)]
    return row.kind === 'message' || row.kind === 'folded' ? [row.kind] : []
  })
}

test('what one bot used one after the other is one line, that names each tool once', () => {
  const entries = [
    used(1, bird, 'search'),
    used(2, bird, 'search, add'),
    used(3, dice, 'roll'),
    said(4),
    used(5, dice, 'roll'),
  ]
  expect(view(entries)).toEqual([
    'Tools used by Bird: search, add',
    'Tools used by dice: roll',
    'message',
    'Tools used by dice: roll',
  ])
  expect(entries[0]).toHaveProperty('notes[0].values.tools', 'search')
})

test('who folds or mutes a bot does not read of its tools; other notices stay', () => {
  const rests = said(3, { type: 'notice', user: bird, data: 'It rests', notes: [] })
  const entries = [used(1, bird, 'search'), said(2, { user: bird }), rests]
  for (const volume of ['folded', 'muted'] as const)
    expect(view(entries, volume)).toEqual(['folded', 'It rests'])
})

test('the card of a bot says where its tools are', () => {
  const tools = [
    { name: 'files', to: 'program' as const },
    { name: 'wiki', to: 'internet' as const, host: 'wiki.example' },
  ]
  const bot = {
    id: 0,
    name: 'b',
    imageid: 'b',
    hear: 'all' as const,
    aliases: [],
    away: { to: 'unknown' as const },
    streams: true,
    commands: [],
    state: 'ready' as const,
    tools,
  }
  const written = { lang: 'en', time: String }
  expect(card(bot, pageEn.bots, written).tools).toBe(
    'files (a program on the server, which decides where words go from there). wiki (at wiki.example, on the internet)',
  )
})
