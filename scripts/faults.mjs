import { parseArgs } from 'node:util'
import { birdReads, birdReplies } from './faults/bird.mjs'
import { at, botsRun } from './faults/bots.mjs'
import { killRun } from './faults/kill.mjs'
import { machineRun } from './faults/machine.mjs'
import { powerRun } from './faults/power.mjs'
import { fuzzRun, simulationRun } from './faults/suites.mjs'
import { broken, GOALS } from './faults/verdict.mjs'

/**
 * Faults, on purpose: `npm run faults -- kill --times 20 --rate 200`. The exit code is 0 only if every
 * promise was kept.
 */
const usage = `npm run faults -- kill [--times 20] [--rate 200] [--clients 20]
npm run faults -- simulation [--runs 10000] [--seed 20] [--path PATH]
npm run faults -- fuzz [--frames 100000] [--requests 20000] [--seed 20]
npm run faults -- power [--images 500] [--seed 20]
npm run faults -- machine [--only NAME]
npm run faults -- bots [--rounds 9] [--seconds 4] [--rate 200] [--clients 20] [--only NAME]
  kill   SIGKILL at random moments while people talk; what was acknowledged must be there, once
  bots   bots that hang, throw, flood, answer with 10 MB; what people wait for their acks beside them
  fuzz   frames and requests of all kinds, and frames with flipped bits
  power   files as a disk may have them after a power failure: every ack that left must be there
  machine   disk full, read-only, failing fsync, clock jumps, stops, broken and half-open lines, slow requests
  simulation   seeded schedules of one server: broken lines, repeated and late frames, disk faults, crashes
`

const number = (fallback) => ({ type: 'string', default: `${fallback}` })
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: number(20),
    rate: number(200),
    clients: number(20),
    rounds: number(9),
    seconds: number(4),
    only: { type: 'string', default: '' },
    runs: number(10_000),
    frames: number(100_000),
    requests: number(20_000),
    images: number(500),
    seed: number(20),
    path: { type: 'string' },
  },
})

const faults = { kill, bots, simulation, fuzz, power, machine }
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

function simulation() {
  return simulationRun(values)
}

function fuzz() {
  return fuzzRun(values)
}

async function power() {
  const { ok, notRun, ...figures } = await powerRun({
    images: Number(values.images),
    seed: Number(values.seed),
  })
  print(notRun ? { 'not run': notRun } : figures)
  return ok ?? true
}

async function machine() {
  let kept = true
  for await (const one of machineRun({ only: values.only })) {
    const verdict = one.kept === undefined ? 'not run' : one.kept ? 'kept' : 'BROKEN'
    console.log(`${one.name.padEnd(44)}  ${verdict.padEnd(8)} ${one.outcome}`)
    kept &&= one.kept !== false
  }
  return kept
}

async function bots() {
  const { rate, clients, rounds, seconds } = values
  console.log(
    row('beside a bot that', 'p99 without', 'with', 'ratio', '', 'work', 'RSS, MiB', 'kept, MiB'),
  )
  let kept = true
  const options = { rate: Number(rate), people: Number(clients), only: values.only }
  const run = botsRun({ ...options, rounds: Number(rounds), seconds: Number(seconds) })
  for await (const figures of run) {
    const { name, without, with: beside, ratio, between, work, takesMemory } = figures
    const range = `[${between.map((edge) => edge.toFixed(2)).join('–')}]`
    const cells = [without.toFixed(1), beside.toFixed(1), ratio.toFixed(2), range, work.toFixed(2)]
    const faults = broken(figures, Number(rounds))
    const notes = takesMemory ? ['memory not judged', ...faults] : faults
    const memory = [figures.resident.toFixed(0), figures.kept.toFixed(1)]
    console.log(`${row(name, ...cells, ...memory)}  ${notes.join(', ')}`.trimEnd())
    kept &&= faults.length === 0
  }
  if (values.only === '') kept = (await bird()) && kept
  return kept
}

async function bird() {
  const replies = await birdReplies({ rooms: 100 })
  const reads = Object.values(await birdReads({ times: 20 }))
  console.log()
  print({
    'offline reply, ms (p50, p99)': `${at(replies, 0.5).toFixed(1)}, ${at(replies, 0.99).toFixed(1)}`,
    'it reads 20,000 characters, ms (worst kind)': Math.max(...reads).toFixed(2),
  })
  return at(replies, 0.99) <= GOALS.reply && Math.max(...reads) <= GOALS.read
}

function row(name, ...figures) {
  return name.padEnd(28) + figures.map((one, index) => one.padStart(index === 3 ? 13 : 12)).join('')
}

function print(table) {
  const width = Math.max(...Object.keys(table).map((name) => name.length))
  for (const [name, value] of Object.entries(table)) console.log(`${name.padEnd(width)}  ${value}`)
}
