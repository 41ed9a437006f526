import { expect, test } from '@jest/globals'
import { assert, nat, option, property } from 'fast-check'
import { check, type History, type Rule, type Seen, type Step } from './checker.js'

const ADA = 1
const GRACE = 2

const line = (n: number, seq = n, at = seq): Seen => ({ seq, author: ADA, cid: `cid-${n}`, at })
const said = (author: number, n: number, client = author === ADA ? 'ada' : 'grace'): Step => ({
  step: 'invoke',
  client,
  author,
  room: 'lobby',
  cid: `cid-${n}`,
})
const ok = (author: number, n: number, seq = n): Step => ({
  step: 'ok',
  author,
  room: 'lobby',
  cid: `cid-${n}`,
  seq,
})
const heard = (client: string, seen: Seen, room = 'lobby'): Step => ({
  step: 'event',
  client,
  room,
  ...seen,
})
const enter = (client: string, at = 0, room = 'lobby'): Step => ({
  step: 'enter',
  client,
  room,
  epoch: 'e1',
  at,
})

const stands = (client: string, at: number): Step => ({
  step: 'stands',
  client,
  room: 'lobby',
  at,
})

/** Ada says three lines, one after the other; she and Grace hear them. */
const good = (): History => {
  const lines = [line(1), line(2), line(3)]
  return {
    steps: [
      enter('ada'),
      enter('grace'),
      ...lines.flatMap((seen) => [
        said(ADA, seen.seq),
        heard('ada', seen),
        ok(ADA, seen.seq),
        heard('grace', seen),
      ]),
      stands('grace', 3),
    ],
    log: { lobby: lines },
  }
}

/** The good history, changed; and which rule must notice. */
const mutants: [string, Rule, (history: History) => History][] = [
  [
    'an acknowledged line that the log lacks',
    'lost',
    ({ steps, log }) => ({
      steps: [...steps, said(GRACE, 9), ok(GRACE, 9, 4)],
      log,
    }),
  ],
  [
    'a line that the log holds twice',
    'twice',
    ({ steps, log }) => ({ steps, log: { lobby: [...(log.lobby ?? []), line(2, 4)] } }),
  ],
  [
    'a line that a receiver hears twice',
    'twice',
    ({ steps, log }) => ({ steps: [...steps, heard('grace', line(3))], log }),
  ],
  [
    'a hole in the log',
    'gap',
    ({ steps, log }) => ({
      steps,
      log: { lobby: log.lobby?.filter(({ seq }) => seq !== 2) ?? [] },
    }),
  ],
  [
    'a line that a receiver never hears',
    'gap',
    ({ steps, log }) => ({ steps: steps.filter(not('grace', 2)), log }),
  ],
  [
    'a last line that a receiver never hears',
    'behind',
    ({ steps, log }) => ({
      steps: steps
        .filter(not('grace', 3))
        .map((step) => (step.step === 'stands' ? stands('grace', 2) : step)),
      log,
    }),
  ],
  [
    'two lines that a receiver hears the wrong way round',
    'gap',
    ({ steps, log }) => ({
      steps: [...steps.filter(not('grace', 2)), heard('grace', line(2))],
      log,
    }),
  ],
  [
    'an event of a room that the receiver is not in',
    'foreign',
    ({ steps, log }) => ({ steps: [...steps, heard('grace', line(1), 'staff')], log }),
  ],
  [
    'an event of a room that the receiver may not read',
    'foreign',
    (history) => ({ ...history, mayRead: { grace: ['kitchen'] } }),
  ],
  [
    'an event after the receiver left',
    'foreign',
    ({ steps, log }) => ({
      steps: [{ step: 'leave', client: 'grace', room: 'lobby' }, ...steps.toSpliced(1, 1)],
      log,
    }),
  ],
  [
    'an acknowledgement with another number than the log',
    'seq',
    ({ steps, log }) => ({
      steps: steps.map((step) => (step.step === 'ok' && step.seq === 2 ? ok(ADA, 2, 3) : step)),
      log,
    }),
  ],
  [
    'two acknowledgements with different numbers',
    'seq',
    ({ steps, log }) => ({ steps: [...steps, ok(ADA, 3, 4)], log }),
  ],
  [
    'a refused line that the log holds',
    'refused',
    ({ steps, log }) => ({
      steps: [...steps, { step: 'fail', author: ADA, room: 'lobby', cid: 'cid-3' }],
      log,
    }),
  ],
  [
    'a number that means different lines to two receivers',
    'disagree',
    ({ steps, log }) => ({
      steps: steps.map((step) =>
        step.step === 'event' && step.client === 'grace' && step.seq === 2
          ? heard('grace', { ...line(2), cid: 'cid-7' })
          : step,
      ),
      log,
    }),
  ],
  [
    'a line sent after an acknowledged one, but numbered before it',
    'order',
    ({ log }) => ({ steps: [said(GRACE, 2), ok(GRACE, 2, 2), said(ADA, 1), ok(ADA, 1, 1)], log }),
  ],
  [
    'an answer that is numbered before what it answers',
    'order',
    () => ({
      steps: [enter('grace'), heard('grace', line(2)), said(GRACE, 1), ok(GRACE, 1, 1)],
      log: { lobby: [{ ...line(1), author: GRACE }, line(2)] },
    }),
  ],
  [
    'two lines of one sender that changed places',
    'order',
    () => ({
      steps: [said(ADA, 1), said(ADA, 2), ok(ADA, 2, 1), ok(ADA, 1, 2)],
      log: {
        lobby: [line(2, 1), line(1, 2)],
      },
    }),
  ],
  [
    'a log that goes back in time',
    'order',
    ({ steps }) => ({
      steps,
      log: {
        lobby: [line(1, 1, 3), line(2, 2, 2), line(3, 3, 1)],
      },
    }),
  ],
]

test('a good history has no violation', () => {
  expect(check(good())).toEqual([])
})

test.each(mutants)('%s is noticed as "%s"', (_, rule, mutate) => {
  expect(check(mutate(good())).map((violation) => violation.rule)).toContain(rule)
})

test('a request that was put off may change places and be stored once or not at all', () => {
  const steps: Step[] = [
    said(ADA, 1),
    said(ADA, 2),
    said(ADA, 3),
    { step: 'retry', author: ADA, room: 'lobby', cid: 'cid-1' },
    { step: 'retry', author: ADA, room: 'lobby', cid: 'cid-3' },
    ok(ADA, 2, 1),
    ok(ADA, 1, 2),
    ok(ADA, 1, 2), // the answer to a resend
  ]
  const log = {
    lobby: [line(2, 1), line(1, 2)],
  }
  expect(check({ steps, log })).toEqual([])
})

test('a receiver that comes back elsewhere starts to count there', () => {
  const { steps, log } = good()
  expect(check({ steps: [...steps, enter('grace', 1), heard('grace', line(2))], log })).toEqual([])
})

test('leaving out any event of a receiver, or moving it, never goes unnoticed', () => {
  const lines = Array.from({ length: 20 }, (_, i) => line(i + 1))
  const history = (events: readonly Seen[]): History => ({
    steps: [
      enter('grace'),
      ...events.map((seen) => heard('grace', seen)),
      stands('grace', Math.max(...events.map(({ seq }) => seq))),
    ],
    log: { lobby: lines },
  })
  expect(check(history(lines))).toEqual([])
  assert(
    property(nat(19), option(nat(18)), (from, to) => {
      const rest = lines.toSpliced(from, 1)
      const moved = to === null ? rest : rest.toSpliced(to, 0, ...lines.slice(from, from + 1))
      const same = moved.every((seen, index) => seen.seq === index + 1) && moved.length === 20
      expect(check(history(moved)).length > 0).toBe(!same)
    }),
    { seed: 20 },
  )
})

const not = (client: string, seq: number) => (step: Step) =>
  !(step.step === 'event' && step.client === client && step.seq === seq)
