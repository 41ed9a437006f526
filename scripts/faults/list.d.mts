export interface Fault {
  id: string
  /** What is done. */
  fault: string
  /** What must come of it. */
  expected: string
  /** Tests of `npm test` that try it. */
  tests: readonly (readonly [file: string, name: string])[]
  /** Commands of `npm run faults` that try it. */
  runs: readonly string[]
}

export const faults: readonly Fault[]
