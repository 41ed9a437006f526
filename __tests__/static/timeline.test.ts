import { describe, expect, test } from '@jest/globals'
import { isItem, Timeline, WINDOW } from '../../static/js/models/timeline.js'
import { ada, bird, grace, lines, NOON, said, snapshot } from './room-words.js'

const joined = (head: number) => {
  const timeline = new Timeline()
  timeline.join(snapshot(head))
  return timeline
}
const numbers = (timeline: Timeline) => timeline.entries.filter(isItem).map(({ seq }) => seq)

describe('numbers', () => {
  test('the next number is shown, a known one is not shown twice', () => {
    const timeline = joined(2)
    timeline.receive(said(3))
    timeline.receive(said(3))
    timeline.receive(said(1))
    expect(numbers(timeline)).toEqual([1, 2, 3])
  })

  test('a number too far ahead waits for the missing one', () => {
    const timeline = joined(2)
    expect(timeline.receive(said(4))).toEqual({ applied: [], missing: true })
    expect(numbers(timeline)).toEqual([1, 2])

    const { applied, missing } = timeline.receive(said(3))
    expect(applied.map(({ seq }) => seq)).toEqual([3, 4])
    expect(missing).toBe(false)
    expect(numbers(timeline)).toEqual([1, 2, 3, 4])
  })

  test('events of a later kind keep the numbers contiguous without being shown', () => {
    const timeline = joined(1)
    timeline.receive(said(2, { type: 'react', data: '👍' }))
    timeline.receive(said(3))
    expect(numbers(timeline)).toEqual([1, 3])
    expect(timeline.seq).toBe(3)
  })

  test('whatever the order of arrival, the page ends with every line once', () => {
    const timeline = joined(1)
    for (const seq of [5, 3, 3, 2, 6, 4, 2, 7]) timeline.receive(said(seq))
    expect(numbers(timeline)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('coming back', () => {
  test('the position is epoch, number and time of the last event', () => {
    expect(new Timeline().position).toEqual({})
    expect(joined(2).position).toEqual({ epoch: 'e1', since: 2, mark: said(2).at })
  })

  test('the mark is left out when the last event is not at hand', () => {
    const timeline = new Timeline()
    timeline.join(snapshot(9, lines(5, 8)))
    expect(timeline.position).toEqual({ epoch: 'e1', since: 9 })
  })

  test('a resume tells what is new', () => {
    const timeline = joined(2)
    const fresh = timeline.join({ ...snapshot(4, lines(3, 4)), mode: 'resume' })
    expect(fresh.map(({ seq }) => seq)).toEqual([3, 4])
    expect(numbers(timeline)).toEqual([1, 2, 3, 4])
  })

  test('a snapshot after a long absence leaves no hole between old and new lines', () => {
    const timeline = joined(10)
    const fresh = timeline.join(snapshot(900))
    expect(fresh).toHaveLength(50)
    expect(numbers(timeline)[0]).toBe(851)
    expect(timeline.older).toBe(true)
  })

  test('a reset forgets what was there', () => {
    const timeline = joined(10)
    const fresh = timeline.join({ ...snapshot(2), mode: 'reset', epoch: 'e2' })
    expect(fresh).toEqual([])
    expect(numbers(timeline)).toEqual([1, 2])
    expect(timeline.position).toMatchObject({ epoch: 'e2', since: 2 })
  })

  test('the rest of a long snapshot is filled in as it arrives', () => {
    const timeline = new Timeline()
    timeline.join({ ...snapshot(4, lines(1, 2)), more: true })
    for (const seq of [3, 4, 4, 5]) timeline.receive(said(seq))
    expect(numbers(timeline)).toEqual([1, 2, 3, 4, 5])
  })
})

describe('the window', () => {
  test('a hundred thousand lines leave no more than the window in memory', () => {
    const timeline = joined(1)
    for (let seq = 2; seq <= 100_000; seq += 1) {
      timeline.receive(said(seq))
      timeline.trim()
    }
    expect(timeline.entries).toHaveLength(WINDOW)
    expect(timeline.last).toBe(100_000)
    expect(timeline.older).toBe(true)
  })

  test('history read far up lets go of the newest, and they come back', () => {
    const timeline = joined(500)
    for (let first = 451; first > 1; first -= 50)
      timeline.prepend(lines(first - 50, first - 1), true)
    expect(timeline.entries.length).toBeLessThanOrEqual(WINDOW)
    expect(timeline.atHead).toBe(false)

    timeline.receive(said(501))
    expect(timeline.last).toBeLessThan(501)

    timeline.restart(lines(452, 501), true)
    expect(timeline.last).toBe(501)
    expect(timeline.atHead).toBe(true)
  })

  test('going on downwards ends at the newest', () => {
    const timeline = joined(60)
    timeline.detach()
    timeline.receive(said(61))
    timeline.extend(lines(61, 61), false)
    expect(numbers(timeline).slice(-2)).toEqual([60, 61])
    expect(timeline.atHead).toBe(true)
  })

  test('a page of history that overlaps shows nothing twice', () => {
    const timeline = joined(60)
    timeline.prepend(lines(1, 20), false)
    expect(numbers(timeline)).toEqual(lines(1, 60).map(({ seq }) => seq))
    expect(timeline.older).toBe(false)
  })
})

describe('comings and goings', () => {
  const folded = (timeline: Timeline) => {
    const line = timeline.entries.at(-1)
    return line && 'joined' in line
      ? { joined: line.joined.map(({ name }) => name), left: line.left.map(({ name }) => name) }
      : undefined
  }

  test('are folded into one line until somebody speaks', () => {
    const timeline = joined(1)
    timeline.presence('join', [ada], NOON)
    timeline.presence('join', [grace], NOON + 1000)
    expect(folded(timeline)).toEqual({ joined: ['Ada', 'Grace'], left: [] })

    timeline.receive(said(2))
    timeline.presence('left', [ada], NOON + 2000)
    expect(folded(timeline)).toEqual({ joined: [], left: ['Ada'] })
  })

  test('a coming that is told late stands before what was said', () => {
    const timeline = joined(1)
    timeline.presence('join', [bird], NOON + 5000)
    timeline.receive(said(2, { user: bird, at: NOON + 5500 }))
    timeline.receive(said(3, { user: grace, at: NOON + 5600 }))
    timeline.presence('join', [grace], NOON + 6000)
    const shown = timeline.entries
      .slice(-4)
      .map((entry) => ('joined' in entry ? entry.joined.map(({ name }) => name) : entry.data))
    expect(shown).toEqual([['Bird'], 'line 2', ['Grace'], 'line 3'])
  })

  test('who came and went meanwhile is not worth a line', () => {
    const timeline = joined(1)
    timeline.presence('join', [bird], NOON)
    timeline.presence('left', [bird], NOON)
    expect(folded(timeline)).toBeUndefined()
  })
})

describe('what happens to a line', () => {
  test('is seen where it stands, and its event stands nowhere', () => {
    const timeline = new Timeline(() => ada.id)
    timeline.join(snapshot(2))
    timeline.receive(said(3, { type: 'edit', message: 1, data: 'better' }))
    timeline.receive(
      said(4, { type: 'react', message: 2, data: '👍', on: true, users: [1], count: 1 }),
    )
    timeline.receive(said(5, { type: 'recall', message: 2, data: '' }))
    const seen = timeline.entries.map((one) => ('data' in one ? one.data : ''))
    expect(seen).toEqual(['better', ''])
    expect(timeline.seq).toBe(5)
  })

  test('far above is seen as well, while the newest are not kept', () => {
    const timeline = new Timeline(() => ada.id)
    timeline.join(snapshot(300))
    timeline.visit({ events: lines(1, 10), more: false }, { events: lines(11, 20), more: true })
    timeline.receive(said(301, { type: 'edit', message: 15, data: 'better' }))
    expect([timeline.atHead, timeline.older]).toEqual([false, false])
    expect(timeline.bySeq(15)?.data).toBe('better')
    expect(timeline.entries).toHaveLength(20)
  })
})
