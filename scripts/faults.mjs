import { parseArgs } from 'node:util'
import { killRun } from './faults/kill.mjs'

/**
 * Faults, on purpose: `npm run faults -- kill --times 20 --rate 200`. The exit code is 0 only if every
 * promise was kept.
 */
const usage = `npm run faults -- kill [--times 20] [--rate 200] [--clients 20]
  kill   SIGKILL at random moments while people talk; what was acknowledged must be there, once
`

const number = (fallback) => ({ type: 'string', default: `${fallback}` })
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: number(20), rate: number(200), clients: number(20) },
})

const faults = { kill }
const run = faults[positionals[0]]
if (run) {
  try {
    process.exitCode = (await run()) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
} else {
  process.stderr.write(usage)
  process.exitCode = 64
}

async function kill() {
  const outcome = await killRun({
    times: Number(values.times),
    rate: Number(values.rate),
    clients: Number(values.clients),
    say: (line) => process.stderr.write(`${line}\n`),
  })
  const { violations } = outcome
  const count = (...rules) => violations.filter(({ rule }) => rules.includes(rule)).length
  const missing = outcome.sent - outcome.acked
  print({
    kills: outcome.kills,
    sent: outcome.sent,
    acked: outcome.acked,
    'sent again': outcome.resent,
    'in the log': outcome.stored,
    'heard, over all clients': outcome.heard,
    lost: count('lost', 'seq') + missing,
    twice: count('twice'),
    gaps: count('gap', 'behind'),
    'other violations': count('order', 'foreign', 'refused', 'disagree'),
    'ready again, ms (median, max)': `${outcome.restartMs.median}, ${outcome.restartMs.max}`,
    'all back, ms (median, max)': `${outcome.resumeMs.median}, ${outcome.resumeMs.max}`,
    'integrity of the file': outcome.integrity,
    'exit code of the last stop': outcome.exitCode,
  })
  for (const { rule, sentence } of violations.slice(0, 20)) console.log(`${rule}: ${sentence}`)
  return (
    violations.length === 0 && missing === 0 && outcome.integrity === 'ok' && outcome.exitCode === 0
  )
}

function print(table) {
  const width = Math.max(...Object.keys(table).map((name) => name.length))
  for (const [name, value] of Object.entries(table)) console.log(`${name.padEnd(width)}  ${value}`)
}
