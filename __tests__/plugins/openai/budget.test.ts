import { expect, test } from '@jest/globals'
import { Budget } from '../../../src/plugins/openai/budget.js'

/** A budget with a clock of its own. */
function budget(options: Partial<ConstructorParameters<typeof Budget>[0]> = {}) {
  const clock = { now: new Date(2026, 10, 24, 23, 58).getTime() }
  const counted = new Budget({
    perRoom: 0,
    perPerson: 0,
    tokensADay: 0,
    now: () => clock.now,
    ...options,
  })
  return { budget: counted, pass: (ms: number) => (clock.now += ms) }
}

test('without limits everything is answered', () => {
  const { budget: b } = budget()
  const refused = Array.from({ length: 100 }, () => b.take('lobby', 1)).filter(Boolean)
  expect(refused).toEqual([])
})

test('a person has so many a minute, then the time to wait is told, once', () => {
  const { budget: b, pass } = budget({ perPerson: 2 })
  b.take('lobby', 1)
  pass(20_000)
  b.take('dev', 1)

  expect(b.take('lobby', 1)).toEqual({ why: 'person', seconds: 40, first: true })
  expect(b.take('lobby', 1)).toMatchObject({ first: false })
  expect(b.take('lobby', 2)).toBeUndefined()
  pass(40_000)
  expect(b.take('lobby', 1)).toBeUndefined()
  expect(b.take('lobby', 1)).toMatchObject({ why: 'person', seconds: 20, first: true })
})

test('a room has so many a minute, whoever asks', () => {
  const { budget: b } = budget({ perRoom: 2 })
  b.take('lobby', 1)
  b.take('lobby', 2)
  expect(b.take('lobby', 3)).toEqual({ why: 'room', seconds: 60, first: true })
  expect(b.take('dev', 3)).toBeUndefined()
})

test('a refused question does not count', () => {
  const { budget: b, pass } = budget({ perRoom: 1, perPerson: 3 })
  b.take('lobby', 1)
  for (let n = 0; n < 10; n++) b.take('lobby', 1)
  pass(60_000)
  expect(b.take('lobby', 1)).toBeUndefined()
})

test('the tokens of a day are used up, and there again after midnight', () => {
  const { budget: b, pass } = budget({ tokensADay: 100 })
  b.spend(60)
  expect(b.left()).toBe(40)
  expect(b.take('lobby', 1)).toBeUndefined()
  b.spend(60)
  expect(b.take('lobby', 1)).toMatchObject({ why: 'day', first: true })
  expect(b.take('lobby', 2)).toMatchObject({ why: 'day', first: false })
  pass(120_000)
  expect(b.take('lobby', 1)).toBeUndefined()
})
