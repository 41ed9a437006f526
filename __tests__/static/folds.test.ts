import { expect, test } from '@jest/globals'
import { fold } from '../../static/js/models/folds.js'
import { rows } from '../../static/js/models/rows.js'
import type { Entry } from '../../static/js/models/timeline.js'
import type { Volume } from '../../src/protocol.js'
import { ada, bird, grace, NOON, said } from './room-words.js'

/** What stands on the page of somebody who does not want to see everything of a bot. */

const dice = { ...bird, id: -1, name: 'dice' }
const view = (entries: Entry[], volumes: Record<number, Volume>, open: readonly number[] = []) => {
  const all = rows({ entries, older: false, atHead: true, lines: [], me: ada })
  const volumeOf = (id: number) => volumes[id] ?? 'all'
  const isOpen = ({ item }: { item?: { seq: number } }) => open.includes(item?.seq ?? 0)
  return fold(all, { volumeOf, isOpen }).flatMap((row) => {
    if (row.kind === 'message') return [row.text]
    return row.kind === 'folded'
      ? [`${row.level} ${row.rows.map(({ text }) => text).join('+')}`]
      : []
  })
}
const by = (user: typeof ada, ...seqs: number[]) =>
  seqs.map((seq) => said(seq, { user, at: NOON + seq, data: `${user.name} ${seq}` }))

test('lines of a folded bot that stand below each other are one row, for each bot', () => {
  const entries = [...by(bird, 1, 2), ...by(grace, 3), ...by(bird, 4), ...by(dice, 5)]
  const [b, d] = [bird.name, dice.name]
  expect(view(entries, { [bird.id]: 'folded', [dice.id]: 'folded' })).toEqual([
    `folded ${b} 1+${b} 2`,
    `${grace.name} 3`,
    `folded ${b} 4`,
    `folded ${d} 5`,
  ])
})

test('lines of muted bots are one quiet line, whoever said them', () => {
  const entries = [...by(bird, 1), ...by(dice, 2), ...by(grace, 3)]
  expect(view(entries, { [bird.id]: 'muted', [dice.id]: 'muted' })).toEqual([
    `muted ${bird.name} 1+dice 2`,
    `${grace.name} 3`,
  ])
})

test('what was opened stands there, and what comes after it is folded again', () => {
  const [b] = [bird.name]
  expect(view(by(bird, 1, 2, 3), { [bird.id]: 'folded' }, [1, 2])).toEqual([
    `${b} 1`,
    `${b} 2`,
    `folded ${b} 3`,
  ])
})

test('a folded bot may call me, a muted one may not', () => {
  const entries = [said(1, { user: bird, data: 'psst', mentions: [ada.id] })]
  expect(view(entries, { [bird.id]: 'folded' })).toEqual(['psst'])
  expect(view(entries, { [bird.id]: 'muted' })).toEqual(['muted psst'])
})

test('people are never folded', () => {
  expect(view(by(grace, 1), { [grace.id]: 'muted' })).toEqual([`${grace.name} 1`])
})
