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

/** Of all faults what is expected, and what came of it; what nobody ran stands there as that. */
export function table(outcomes) {
  const rows = faults
    .filter(({ runs }) => runs.length > 0)
    .flatMap(({ id, fault, expected }) => {
      const own = outcomes.filter((one) => one.id === id)
      const cells = own.map((one) => [id, one.name, expected, one.outcome, verdict(one)])
      return own.length > 0 ? cells : [[id, plain(fault), expected, '', 'not run']]
    })
  const head = ['', 'fault', 'must', 'outcome', '']
  return [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const verdict = ({ kept }) => (kept === undefined ? 'not run' : kept ? 'kept' : '**broken**')
const plain = (text) => text.replaceAll('`', '')
const today = () => new Date().toISOString().slice(0, 10)
