import { expect, test } from '@jest/globals'
import { heed, heedFound, type Hearing } from '../../src/bots/hearing/heed.js'
import { matchIn, type Wakes } from '../../src/bots/hearing/wakes.js'
import type { NumberedEvent } from '../../src/protocol.js'
import { ada } from './world.js'

/** Which lines wake a bot that has id −3. */

const none: Wakes = {
  commands: [],
  keywords: [],
  regexes: [],
  mention: false,
  all: false,
  chance: 0,
  join: false,
  left: false,
  answer: false,
}

function line(data: string, more: { called?: boolean; reply_to?: number } = {}) {
  const { called, ...rest } = more
  const event: NumberedEvent = {
    type: 'chat',
    id: 1,
    seq: 1,
    room: 'lobby',
    at: 1,
    user: ada,
    data,
    cid: 'line-1',
    ...rest,
  }
  return { event, people: 2, called: new Set(called ? [-3] : []) }
}

const heard = (triggers: Partial<Wakes>, said: ReturnType<typeof line>, random = 1) =>
  heed(-3, { hear: 'all', triggers: { ...none, ...triggers } }, said, () => random)

const dice = { name: 'roll', aliases: ['骰子', 'dice'] }

test.each([
  ['/roll 2d6', { kind: 'command', command: 'roll' }, '2d6'],
  ['/ROLL', { kind: 'command', command: 'roll' }, ''],
  ['/骰子 2d6\nplease ', { kind: 'command', command: 'roll' }, '2d6\nplease'],
  ['／roll', undefined, undefined],
  ['/rolls', undefined, undefined],
  [' /roll', undefined, undefined],
])('a command or its alias wakes it: %j', (text, trigger, args) => {
  const heeded = heard({ commands: [dice] }, line(text))
  expect(heeded).toEqual(trigger && { trigger, args, awaited: true })
})

test.each([
  ['the WEATHER today', true],
  ['ＷＥＡＴＨＥＲ', true],
  ['今天天气怎么样', true],
  ['nothing', false],
])('a keyword wakes it, whatever its case and width: %s', (text, is) => {
  const heeded = heard({ keywords: ['weather', '天气'] }, line(text))
  expect(heeded !== undefined).toBe(is)
})

test('being called wakes it if it wants that, and an answer to a line of its own', () => {
  expect(heard({}, line('x', { called: true }))).toBeUndefined()
  expect(heard({ mention: true }, line('x', { called: true }))).toMatchObject({
    trigger: { kind: 'mention' },
    awaited: true,
  })

  const answer = line('x', { reply_to: 7 })
  expect(heard({ mention: true }, answer)).toEqual({ author: true, match: false })
  const hearing: Hearing = { hear: 'mention', triggers: { ...none, mention: true } }
  const found = (id: number) =>
    heedFound(-3, hearing, answer, { author: { id, kind: 'bot' } }, Math.random)
  expect(found(-3)).toMatchObject({ trigger: { kind: 'mention' } })
  expect(found(-4)).toBeUndefined()
})

test('an expression is tried where the plugin runs, and its match goes with the line', () => {
  const regexes = [{ source: '(\\d+)d(\\d+)', flags: '' }]
  const said = line('2d6')
  expect(heard({ regexes, all: true }, said)).toEqual({ author: false, match: true })

  const match = matchIn([/(\d+)d(\d+)(x)?/], 'I rolled 2d6')
  const hearing: Hearing = { hear: 'all', triggers: { ...none, regexes } }
  expect(heedFound(-3, hearing, said, match ? { match } : {}, Math.random)).toMatchObject({
    trigger: { kind: 'regex', match: ['2d6', '2', '6', undefined] },
  })
  expect(matchIn([/x/], `${'-'.repeat(1_000)}x`)).toBeUndefined()
})

test('what wakes it by nothing else may do so by chance, or always', () => {
  expect(heard({ chance: 0.05 }, line('x'), 0.04)).toMatchObject({ trigger: { kind: 'chance' } })
  expect(heard({ chance: 0.05 }, line('x'), 0.05)).toBeUndefined()
  expect(heard({ all: true }, line('x'))).toMatchObject({ trigger: { kind: 'all' } })
})

test('without triggers a line still says what it is', () => {
  const hears = (said: ReturnType<typeof line>) => heed(-3, { hear: 'all' }, said, Math.random)
  expect(hears(line('/roll 6'))).toMatchObject({ trigger: { kind: 'command' }, args: '6' })
  expect(hears(line('x', { called: true }))).toMatchObject({ trigger: { kind: 'mention' } })
  expect(hears(line('x'))).toMatchObject({ trigger: { kind: 'all' }, args: '' })
})
