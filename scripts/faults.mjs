import { birdReads, birdReplies } from './faults/bird.mjs'
import { at, botsRun } from './faults/bots.mjs'
import { floodRun } from './faults/flood.mjs'
import { killRun } from './faults/kill.mjs'
import { faults } from './faults/list.mjs'
import { loadRun, peakRun, soakRun, stormRun } from './faults/load.mjs'
import { machineRun } from './faults/machine.mjs'
import { keep, table } from './faults/outcomes.mjs'
import { powerRun } from './faults/power.mjs'
import { racesRun } from './faults/races.mjs'
import { fuzzRun, simulationRun } from './faults/suites.mjs'
import { broken, GOALS } from './faults/verdict.mjs'
import { wordsBehind } from './words.mjs'

/**
 * Faults, on purpose: `npm run faults -- kill --times 20 --rate 200`. A table of all faults ends it; the exit code is 0
 * only if every promise was kept.
 */
const usage = `npm run faults                      all of it, one after the other: about an hour and three quarters
npm run faults -- kill [--times 100] [--rate 200] [--clients 20]
npm run faults -- simulation [--runs 10000] [--seed 20] [--path PATH]
npm run faults -- fuzz [--frames 100000] [--requests 20000] [--seed 20]
npm run faults -- power [--images 500] [--seed 20]
npm run faults -- machine [--only NAME]
npm run faults -- flood [--connections 10000]
npm run faults -- storm [--people 5000]
npm run faults -- races [--times 10000]
npm run faults -- load [--people 5000] [--rate 200] [--minutes 10]
npm run faults -- room [--people 2000] [--rate 5] [--minutes 10]
npm run faults -- peak [--rate 2000] [--seconds 60]
npm run faults -- soak [--minutes 20]
npm run faults -- bots [--rounds 9] [--seconds 4] [--rate 200] [--clients 20] [--only NAME]
  kill   SIGKILL at random moments while people talk; what was acknowledged must be there, once
  simulation   seeded schedules of one server: broken lines, repeated and late frames, disk faults, crashes
  fuzz   frames and requests of all kinds, and frames with flipped bits
  power   files as a disk may have them after a power failure: every ack that left must be there
  machine   disk full, read-only, slow, failing; clock jumps, stops; broken, narrow and half-open lines, slow readers
  flood   connections beyond all limits, from one address and from many
  storm   everybody comes back at once
  races   copies of a line by two connections at once
  load, room, peak, soak   many people for long, in many rooms or in one, all that one disk takes, and what grows
    meanwhile
  bots   bots that hang, throw, flood, answer with 10 MB; what people wait for their acks beside them
  --outcomes FILE   keeps what came of it there, beside what came of earlier runs, and shows all in the table
`

const { values, positionals } = wordsBehind({
  usage,
  allowPositionals: true,
  options: Object.fromEntries(
    `times rate clients people rounds seconds minutes only runs frames requests images connections seed path outcomes`
      .split(' ')
      .map((name) => [name, { type: 'string' }]),
  ),
})
const number = (name, fallback) => Number(values[name] ?? fallback)
const say = (line) => process.stderr.write(`${line}\n`)

const runs = {
  kill,
  power,
  races,
  machine: () => machineRun({ only: values.only }),
  flood,
  storm,
  fuzz,
  simulation,
  peak,
  load: () => held('held load', { people: 5_000, rooms: 100, rate: 200 }),
  room: () => held('big room', { people: 2_000, rooms: 1, rate: 5 }),
  soak,
  bots,
}
const chosen = positionals.length === 0 ? Object.keys(runs) : positionals
if (chosen.every((name) => Object.hasOwn(runs, name))) {
  process.exitCode = (await runAll()) ? 0 : 1
} else {
  process.stderr.write(usage)
  process.exitCode = 64
}

async function runAll() {
  const outcomes = []
  for (const name of chosen) {
    try {
      for await (const one of runs[name]()) {
        say(`${one.id} ${one.name}: ${one.outcome}`)
        outcomes.push(one)
      }
    } catch (error) {
      say(error.message)
      const { id } = faults.find(({ runs }) => runs.includes(name))
      outcomes.push({ id, name, outcome: error.message, kept: false })
    }
  }
  console.log(table(values.outcomes ? keep(values.outcomes, outcomes) : outcomes))
  return outcomes.every(({ kept }) => kept !== false)
}

async function* kill() {
  const options = { times: number('times', 100), rate: number('rate', 200) }
  const outcome = await killRun({ ...options, clients: number('clients', 20), say })
  const { kills, sent, acked, resent, stored, heard, violations, integrity, exitCode } = outcome
  for (const { rule, sentence } of violations.slice(0, 20)) say(`${rule}: ${sentence}`)
  const { restartMs: restart, resumeMs: resume } = outcome
  yield {
    id: 'F1',
    name: `kill -9, ${kills} times`,
    outcome:
      `${acked} of ${sent} acknowledged, ${stored} in the log, ${resent} copies, heard ${heard} times; ` +
      `${violations.length} violations, file ${integrity}; ready after ${restart.median} ms (at most ${restart.max}), ` +
      `all back after ${resume.median} ms (at most ${resume.max})`,
    kept: violations.length === 0 && acked === sent && integrity === 'ok' && exitCode === 0,
  }
}

async function* power() {
  const images = number('images', 500)
  const { ok, notRun, ...figures } = await powerRun({ images, seed: number('seed', 20) })
  const told = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  yield { id: 'F2', name: 'power loss', outcome: notRun ?? told.join(', '), kept: ok }
}

async function* races() {
  yield { id: 'F29', name: 'races', ...(await racesRun({ times: number('times', 10_000) })) }
}

async function* flood() {
  const connections = number('connections', 10_000)
  for (const addresses of [1, 250]) {
    const name = `flood, ${addresses === 1 ? 'one address' : `${addresses} addresses`}`
    yield { id: 'F24', name, ...(await floodRun({ connections, addresses })) }
  }
}

async function* storm() {
  yield {
    id: 'storm',
    name: 'all back at once',
    ...(await stormRun({ people: number('people', 5_000) })),
  }
}

async function* fuzz() {
  const [frames, requests, seed] = [
    number('frames', 100_000),
    number('requests', 20_000),
    number('seed', 20),
  ]
  const kept = await fuzzRun({ frames, requests, seed })
  const flipped = Math.floor(requests / 10)
  const texts = `${frames} texts, ${flipped} frames with flipped bits, seed ${seed}`
  yield { id: 'F34', name: 'fuzz', outcome: texts, kept }
  const talk = `${frames} frames over sockets, ${requests} requests, seed ${seed}`
  yield { id: 'F35', name: 'fuzz', outcome: talk, kept }
}

async function* simulation() {
  const [schedules, seed] = [number('runs', 10_000), number('seed', 20)]
  const kept = await simulationRun({ runs: schedules, seed, path: values.path })
  yield {
    id: 'order of events',
    name: 'simulation',
    outcome: `${schedules} schedules, seed ${seed}`,
    kept,
  }
}

async function* held(id, { people, rooms, rate }) {
  const options = {
    people: number('people', people),
    rooms,
    rate: number('rate', rate),
    seconds: number('minutes', 10) * 60,
  }
  const name = `${options.rate} lines a second, ${options.seconds} s`
  yield { id, name, ...(await loadRun(options)) }
}

async function* peak() {
  const options = { rate: number('rate', 2_000), seconds: number('seconds', 60) }
  yield {
    id: 'peak',
    name: `${options.rate} lines a second, ${options.seconds} s`,
    ...(await peakRun(options)),
  }
}

async function* soak() {
  yield { id: 'soak', name: 'soak', ...(await soakRun({ minutes: number('minutes', 20), say })) }
}

async function* bots() {
  const rounds = number('rounds', 9)
  console.log(
    row('beside a bot that', 'p99 without', 'with', 'ratio', '', 'work', 'RSS, MiB', 'kept, MiB'),
  )
  const options = { people: number('clients', 20), rate: number('rate', 200), only: values.only }
  for await (const figures of botsRun({ ...options, rounds, seconds: number('seconds', 4) })) {
    const { name, without, with: beside, ratio, between, work, takesMemory } = figures
    const range = `[${between.map((edge) => edge.toFixed(2)).join('–')}]`
    const cells = [without.toFixed(1), beside.toFixed(1), ratio.toFixed(2), range, work.toFixed(2)]
    const wrong = broken(figures, rounds)
    const notes = takesMemory ? ['memory not judged', ...wrong] : wrong
    const memory = [figures.resident.toFixed(0), figures.kept.toFixed(1)]
    console.log(`${row(name, ...cells, ...memory)}  ${notes.join(', ')}`.trimEnd())
    yield {
      id: botFault(name),
      name: `a bot: ${name}`,
      outcome: `people’s p99 ${ratio.toFixed(2)} times that without it ${range}, ${memory[0]} MiB more, ${figures.lost} lost`,
      kept: wrong.length === 0,
    }
  }
  if (values.only === undefined) yield await bird()
}

function botFault(name) {
  if (name.includes('10 MB')) return 'F21'
  if (name.includes('model')) return 'F22'
  return name.startsWith('floods') ? 'F20' : 'F19'
}

async function bird() {
  const replies = await birdReplies({ rooms: 100 })
  const reads = Object.values(await birdReads({ times: 20 }))
  const [p50, p99, read] = [at(replies, 0.5), at(replies, 0.99), Math.max(...reads)]
  return {
    id: 'F19',
    name: 'the offline bird',
    outcome: `answers in ${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} (p99); reads 20,000 characters of the worst kind in ${read.toFixed(2)} ms`,
    kept: p99 <= GOALS.reply && read <= GOALS.read,
  }
}

function row(name, ...figures) {
  return name.padEnd(28) + figures.map((one, index) => one.padStart(index === 3 ? 13 : 12)).join('')
}
