import { expect, test } from '@jest/globals'
import { Budget, type BudgetOptions } from '../../../../src/plugins/builtin/openai/budget.js'

/** A budget with a clock of its own, two minutes before midnight. */
function budget(options: Partial<BudgetOptions> = {}) {
  const clock = { now: new Date(2026, 10, 24, 23, 58).getTime() }
  const counted = new Budget({
    perRoom: 0,
    perPerson: 0,
    tokensADay: 0,
    tokensADayRoom: 0,
    tokensADayPerson: 0,
    now: () => clock.now,
    ...options,
  })
  return {
    take: (room: string, person: number) => counted.take({ room, person }),
    spend: (tokens: number, room = 'lobby', person = 1) => counted.spend(tokens, { room, person }),
    rest: (room = 'lobby', person = 1) =>
      counted
        .rest({ room, person })
        .map(({ of, what, left, limit }) => `${of} ${what} ${left}/${limit}`),
    left: (room = 'lobby', person = 1) => counted.left({ room, person }),
    pass: (ms: number) => (clock.now += ms),
  }
}

test('without limits everything is answered', () => {
  const { take, spend, left } = budget()
  spend(1_000_000)
  const refused = Array.from({ length: 100 }, () => take('lobby', 1)).filter(Boolean)
  expect(refused).toEqual([])
  expect(left()).toBe(Infinity)
})

test('a person has so many a minute; then it says how many were used, and until when', () => {
  const { take, pass } = budget({ perPerson: 2 })
  take('lobby', 1)
  pass(20_000)
  take('dev', 1)

  expect(take('lobby', 1)).toEqual({ why: 'person', used: 2, limit: 2, seconds: 40, tell: true })
  expect(take('lobby', 2)).toBeUndefined()
  pass(40_000)
  expect(take('lobby', 1)).toBeUndefined()
  expect(take('dev', 1)).toMatchObject({ why: 'person', seconds: 20, tell: true })
})

test('a room has so many a minute, whoever asks', () => {
  const { take } = budget({ perRoom: 2 })
  take('lobby', 1)
  take('lobby', 2)
  expect(take('lobby', 3)).toEqual({ why: 'room', used: 2, limit: 2, seconds: 60, tell: true })
  expect(take('dev', 3)).toBeUndefined()
})

test('who is refused again within a minute was told already; a room as a whole', () => {
  const { take, pass } = budget({ perRoom: 2, perPerson: 1 })
  take('lobby', 1)
  const told = (person: number) => take('lobby', person)?.tell
  expect([told(1), told(1)]).toEqual([true, false])
  take('lobby', 2)
  expect([told(3), told(4)]).toEqual([true, false])
  pass(59_000)
  expect(told(1)).toBe(false)
  pass(1_000)
  expect(take('lobby', 1)).toBeUndefined()
  expect(told(1)).toBe(true)
})

test('a refused question does not count', () => {
  const { take, pass } = budget({ perRoom: 1, perPerson: 3 })
  take('lobby', 1)
  for (let n = 0; n < 10; n++) take('lobby', 1)
  pass(60_000)
  expect(take('lobby', 1)).toBeUndefined()
})

test('the tokens of a day are used up, and there again after midnight', () => {
  const { take, spend, left, pass } = budget({ tokensADay: 100 })
  spend(60)
  expect(left('dev', 2)).toBe(40)
  expect(take('lobby', 1)).toBeUndefined()
  spend(70, 'dev', 2)
  expect(take('lobby', 1)).toEqual({
    why: 'tokens',
    used: 130,
    limit: 100,
    seconds: 120,
    tell: true,
  })
  expect(take('lobby', 1)).toMatchObject({ tell: false })
  expect(take('lobby', 2)).toMatchObject({ tell: true })
  pass(120_000)
  expect(take('lobby', 1)).toBeUndefined()
})

test('a room and a person have tokens of their own, and the least is what is left', () => {
  const { take, spend, left } = budget({ tokensADayRoom: 100, tokensADayPerson: 50 })
  spend(50, 'lobby', 1)
  expect(take('dev', 1)).toMatchObject({ why: 'tokens-person', used: 50, limit: 50 })
  expect([left('lobby', 2), left('dev', 1)]).toEqual([50, 0])
  spend(50, 'lobby', 2)
  expect(take('lobby', 3)).toMatchObject({ why: 'tokens-room', used: 100, limit: 100 })
  expect(take('dev', 3)).toBeUndefined()
})

test('it says what is left for a person in a room, without taking anything', () => {
  const { rest, take, spend, pass } = budget({ perPerson: 3, perRoom: 10, tokensADayPerson: 500 })
  take('lobby', 1)
  spend(120)
  expect(rest()).toEqual(['person answers 2/3', 'room answers 9/10', 'person tokens 380/500'])
  expect(rest('dev', 1)).toEqual([
    'person answers 2/3',
    'room answers 10/10',
    'person tokens 380/500',
  ])
  expect(rest('lobby', 2)).toEqual([
    'person answers 3/3',
    'room answers 9/10',
    'person tokens 500/500',
  ])
  expect(rest('lobby', 2)).toEqual(rest('lobby', 2))
  pass(121_000)
  expect(rest()).toEqual(['person answers 3/3', 'room answers 10/10', 'person tokens 500/500'])
})

test('of what is not limited nothing is said to be left, and what was overdrawn is nothing', () => {
  const { rest, spend } = budget({ tokensADayRoom: 100 })
  expect(rest()).toEqual(['room tokens 100/100'])
  spend(150)
  expect(rest()).toEqual(['room tokens 0/100'])
})
