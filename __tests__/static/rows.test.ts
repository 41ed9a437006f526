import { expect, test } from '@jest/globals'
import { rows, type Entry } from '../../static/js/models/timeline.js'
import type { Line } from '../../static/js/models/outbox.js'
import { ada, grace, MINUTE, NOON, said } from './room-words.js'

const me = ada
const view = (
  entries: Entry[],
  more: { lines?: Line[]; unreadFrom?: number; older?: boolean; atHead?: boolean } = {},
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

test('an empty room has no rows', () => {
  expect(view([])).toEqual([])
})
