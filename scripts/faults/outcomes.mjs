import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { faults } from './list.mjs'

/**
 * What came of a fault: `kept` undefined means that it was not run, for the reason in `outcome`.
 * @typedef {{ id: string, name: string, outcome: string, kept: boolean | undefined }} Outcome
 */

/** What earlier runs kept in a file, with what these found in place of theirs. */
export function keep(file, outcomes) {
  const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  for (const one of outcomes) all[`${one.id} ${one.name}`] = { ...one, on: today() }
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
  return Object.values(all)
}

/** Of all faults what is expected, what tries them, and what came of it; what nobody ran stands there as that. */
export function table(outcomes) {
  const rows = faults.map(({ id, fault, expected, tests, runs }) => {
    const files = [...new Set(tests.map(([file]) => `\`${file}\``))]
    const commands = runs.map((run) => `\`${run}\``)
    const own = outcomes.filter((one) => one.id === id)
    const told =
      own.length > 0 ? own.map(outcomeOf) : [runs.length > 0 ? 'not run' : 'by the tests']
    return [id, fault, expected, list(files), list(commands), told.join('<br>')]
  })
  const head = ['', 'fault', 'must', '`npm test`', '`npm run faults --`', 'outcome']
  return [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const outcomeOf = ({ name, outcome, kept }) =>
  kept === undefined
    ? `${name}: ${outcome}`
    : `${kept ? 'kept' : '**broken**'}: ${name}: ${outcome}`
const list = (words) => words.join(', ') || '–'
const today = () => new Date().toISOString().slice(0, 10)
