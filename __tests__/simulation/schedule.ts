import { array, constantFrom, nat, tuple } from 'fast-check'

const weights = {
  says: 14,
  up: 22,
  disk: 26,
  down: 16,
  comes: 8,
  repeats: 4,
  recalls: 2,
  syncs: 2,
  cut: 4,
  fault: 5,
  time: 2,
  clock: 1,
  crash: 2,
} as const

export type Deed = keyof typeof weights

/** What happens next, to whom, and how much of it. */
export type Action = [what: Deed, which: number, much: number]

const deeds = (Object.keys(weights) as Deed[]).flatMap((deed) =>
  Array.from({ length: weights[deed] }, () => deed),
)

/** What happens in one life of a server, one thing after the other. */
export const schedules = array(tuple(constantFrom(...deeds), nat(7), nat(99)), {
  minLength: 30,
  maxLength: 160,
  size: 'max',
})
