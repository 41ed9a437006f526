import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { cpuSeconds } from './cpu.mjs'
import { median } from './figures.mjs'
import { load } from './load.mjs'
import { ours } from './targets.mjs'

const CLIENTS = [1_000, 5_000]
/** What a start leaves behind is collected by then; and so long after the last connection everybody was told who is there. */
const SETTLED_MS = 2_000
const LOOK_MS = 100
/** The generator holds its connections for longer than they are looked at, in seconds. */
const SPARE_S = 8

/**
 * Many people come into one room, and then say nothing: how long it takes, what they cost in memory right then and after
 * a rest, and what of the processor a server takes whose people are silent. With two numbers of people: what one of them
 * says of a connection is blurred by what V8 and malloc keep of a start, what lies between the two is not.
 * @param {{ rounds: number, seconds: number }} options `seconds`: of the rest.
 * @param {(line: string) => void} say
 */
export async function measureJoins({ rounds, seconds }, say) {
  const points = []
  for (const clients of CLIENTS) {
    say(`signing in ${clients} people`)
    const target = await ours({ clients, loads: rounds, metered: true })
    try {
      for (let round = 0; round < rounds; round++) {
        points.push({ clients, round, ...(await comeIn(target, { clients, round, seconds })) })
        say(`round ${round + 1}: ${JSON.stringify(points.at(-1))}`)
      }
    } finally {
      await target.remove()
    }
  }
  return { rounds, seconds, points }
}

async function comeIn(target, { clients, round, seconds }) {
  await target.start()
  try {
    await wait(SETTLED_MS)
    const { program } = target
    const beforeMib = await program.residentMib()
    const [result, silent] = await Promise.all([
      load(target, {
        conns: clients,
        duration: 0,
        'settle-max': 1,
        hold: seconds + SPARE_S,
        ...target.flags(round),
      }),
      onceConnected(program, clients).then(() => rest(program, seconds)),
    ])
    const complete = result.ready === clients
    const joinCpuMs = (result.connect_cpu_s / clients) * 1e3
    return { readyS: result.ready_s, complete, joinCpuMs, beforeMib, ...silent }
  } finally {
    await target.stop()
  }
}

/** Each connection is an open file of the server. */
export async function onceConnected({ pid }, clients) {
  const files = () => readdirSync(`/proc/${pid}/fd`).length
  while (files() < clients) await wait(LOOK_MS)
}

/** Nobody says anything. The second half of the time tells what a silent server costs. */
async function rest(program, seconds) {
  await wait(SETTLED_MS)
  const joinedMib = await program.residentMib()
  await wait(seconds * 500)
  const cpu = cpuSeconds(program.pid)
  await wait(seconds * 500)
  const busy = (cpuSeconds(program.pid) - cpu) / (seconds / 2)
  const restedMib = await program.residentMib()
  const swept = await program.memory()
  const [sweptMib, keptMib] = [swept.resident, swept.kept].map((bytes) => bytes / 1_048_576)
  return { joinedMib, restedMib, sweptMib, keptMib, busy }
}

/** @returns {string} */
export function joinsTable({ rounds, seconds, points }) {
  const of = (clients, read) => median(points.filter((p) => p.clients === clients).map(read))
  const [few, many] = CLIENTS
  const row = (title, read, digits, each) => {
    const values = CLIENTS.map((clients) => of(clients, (point) => read(point, clients)))
    const cells = values.map((value) => value.toFixed(digits).padStart(9))
    const slope = each ? (((values[1] - values[0]) * 1_024) / (many - few)).toFixed(1) : ''
    return `${title.padEnd(44)}${cells.join('')}${slope.padStart(21)}`.trimEnd()
  }
  return [
    `into one room; medians of ${rounds} rounds; KiB of each of the ${many - few} connections between`,
    `${''.padEnd(44)}${CLIENTS.map((n) => `${n}`.padStart(9)).join('')}${'KiB a connection'.padStart(21)}`,
    row('all are in, s', ({ readyS }) => readyS, 2),
    row('CPU of a join, ms', ({ joinCpuMs }) => joinCpuMs, 2),
    row('memory before, MiB', ({ beforeMib }) => beforeMib, 0),
    row('when all are in, MiB', ({ joinedMib }) => joinedMib, 0, true),
    row(`after ${seconds} s of silence, MiB`, ({ restedMib }) => restedMib, 0, true),
    row('once V8 was told to sweep up, MiB', ({ sweptMib }) => sweptMib, 0, true),
    row('of it alive on the heap of its thread, MiB', ({ keptMib }) => keptMib, 1, true),
    row('CPU of a minute of silence, s', ({ busy }) => busy * 60, 2),
    row('of them came in, %', ({ complete }) => Number(complete) * 100, 0),
  ].join('\n')
}
