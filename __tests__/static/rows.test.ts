import { expect, test } from '@jest/globals'
import { rows } from '../../static/js/models/rows.js'
import type { Entry, User } from '../../static/js/models/timeline.js'
import type { Line } from '../../static/js/models/outbox.js'
import type { Growing } from '../../static/js/models/streams.js'
import { ada, bird, grace, MINUTE, NOON, said } from './room-words.js'

const me = ada
const view = (
  entries: Entry[],
  more: {
    lines?: Line[]
    streams?: Growing[]
    unreadFrom?: number
    older?: boolean
    atHead?: boolean
    me?: User
  } = {},
) => rows({ entries, older: false, atHead: true, lines: [], me, ...more })
const kinds = (...args: Parameters<typeof view>) => view(...args).map(({ kind }) => kind)
const line = (cid: string, at = NOON): Line => ({
  cid,
  room: 'lobby',
  data: 'mine',
  at,
  n: at,
  state: 'waiting',
})

/** The bird writes, since Ada said line 1. */
const writing: Growing = {
  stream: 's1',
  user: bird,
  cause: 1,
  at: NOON,
  text: 'Well',
  taken: NOON,
  since: NOON,
  heard: NOON,
}

test('lines of one author within five minutes stand in one group', () => {
  const at = (minutes: number) => ({ at: NOON + minutes * MINUTE })
  const entries = [
    said(1, at(0)),
    said(2, at(4)),
    said(3, at(10)),
    said(4, { ...at(11), user: grace }),
  ]
  const firsts = view(entries).flatMap((row) => (row.kind === 'message' ? [row.first] : []))
  expect(firsts).toEqual([true, false, true, true])
})

test('each day begins with a divider', () => {
  const tomorrow = { at: NOON + 24 * 60 * MINUTE }
  expect(kinds([said(1), said(2, tomorrow)])).toEqual([
    'beginning',
    'day',
    'message',
    'day',
    'message',
  ])
})

test('what was taken back unread has no divider, and none stands before it', () => {
  const gone = (seq: number) => said(seq, { data: '', recalled: true })
  expect(kinds([said(1), gone(2)], { unreadFrom: 2 })).not.toContain('unread')
  const shown = kinds([said(1), gone(2), said(3)], { unreadFrom: 2, older: true })
  expect(shown).toEqual(['older', 'day', 'message', 'recalled', 'unread', 'message'])
})

test('the unread divider stands before the first new line, and parts its group', () => {
  const shown = view([said(1), said(2)], { unreadFrom: 2, older: true })
  expect(shown.map(({ kind }) => kind)).toEqual(['older', 'day', 'message', 'unread', 'message'])
  expect(shown.at(-1)).toMatchObject({ first: true })
})

test('an own line keeps its key from the first try to the event that everybody got', () => {
  const [, waiting] = view([], { lines: [line('same-cid')] })
  const heard = view([said(1, { cid: 'same-cid' })], { lines: [line('same-cid')] })
  expect(heard.map(({ key }) => key)).toEqual(['beginning', heard[1]?.key, waiting?.key])
})

test('somebody else’s line with the same cid is another line', () => {
  const shown = view([said(1, { user: grace, cid: 'same-cid' })], { lines: [line('same-cid')] })
  expect(shown.filter(({ kind }) => kind === 'message')).toHaveLength(2)
})

test('unsent lines are not shown far up in the past', () => {
  expect(kinds([said(1)], { lines: [line('unsent-cid')], atHead: false })).toEqual([
    'beginning',
    'day',
    'message',
  ])
})

test('an answer keeps its key from its first word to its message', () => {
  const growing = view([said(1)], { streams: [writing] })
  const ended = view([said(1), said(2, { user: bird, stream: 's1', ended: 'done' })])
  expect(ended.map(({ key }) => key)).toEqual(growing.map(({ key }) => key))
})

test('an answer stands last while it grows, also behind what waits to be sent', () => {
  const shown = view([said(1)], { streams: [writing], lines: [line('unsent-cid')] })
  expect(shown.at(-1)).toMatchObject({ text: 'Well', growing: writing })
})

test.each([
  ['who asked', ada, true],
  ['somebody else', grace, false],
  ['a moderator', { ...grace, role: 'mod' }, true],
])('whether %s may stop an answer', (_name, who, may) => {
  const [row] = view([said(1)], { streams: [writing], me: who }).slice(-1)
  expect(row).toMatchObject({ mayStop: may })
})

test('an empty room has no rows', () => {
  expect(view([])).toEqual([])
})

test('what was recalled one after the other is one line, until somebody speaks', () => {
  const gone = (seq: number) => said(seq, { data: '', recalled: true })
  const all = view([said(1), gone(2), gone(3), said(4), gone(5)])
  expect(all.flatMap((row) => (row.kind === 'recalled' ? [row.items.length] : []))).toEqual([2, 1])
})

test('a line that calls me stands out, my own does not', () => {
  const called = view([
    said(1, { user: grace, mentions: [ada.id] }),
    said(2, { user: grace, all: true }),
    said(3, { mentions: [ada.id] }),
    said(4, { user: grace }),
  ])
  expect(called.flatMap((row) => (row.kind === 'message' ? [row.called] : []))).toEqual([
    true,
    true,
    false,
    false,
  ])
})
