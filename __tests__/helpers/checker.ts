/** The history checker that the fault runs use as well. */
export {
  check,
  type History,
  type Rule,
  type Seen,
  type Step,
  type Violation,
} from '../../scripts/faults/checker.mjs'
