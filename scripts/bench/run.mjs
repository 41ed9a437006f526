import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { Program } from '../program.mjs'
import { measureAcks } from './acks.mjs'
import { load } from './load.mjs'
import { SERVER_CORE } from './setup.mjs'
import { naive, ours, uws } from './targets.mjs'

/**
 * @typedef {object} Options
 * @property {number} clients
 * @property {number} senders
 * @property {number[]} rates Messages a second, over all senders; open loop.
 * @property {number} rounds
 * @property {number} seconds Measured in each load, after one second of warming up.
 * @property {string[]} targets
 *
 * @typedef {object} Results
 * @property {Options} options
 * @property {{ target: string, rate: number, round: number, result: object }[]} loads
 * @property {{ readyMs: number[], idleRssMib: number[], acks: { p50: number, p99: number } } | undefined} start
 */

const all = { ours, naive, uWS: uws }
export const targetNames = Object.keys(all)

/** Past this rate the naive server only queues; it would say nothing new and take minutes. */
const NAIVE_RATE = 500
const STARTS = 3
/** What a start leaves behind is collected by then. */
const IDLE_MS = 1_500

/**
 * Runs every target in turn, again and again, so that the mood of the machine hits them all.
 * @param {Options} options
 * @param {(line: string) => void} say
 * @returns {Promise<Results>}
 */
export async function run(options, say) {
  const { targets: names, rounds, rates, clients } = options
  const start = names.includes('ours') ? await measureStarts(say) : undefined
  const loads = []
  const targets = []
  try {
    for (const name of names) {
      say(`preparing ${name}`)
      targets.push(await all[name]({ clients, loads: rounds * rates.length }))
    }
    for (let round = 0; round < rounds; round++) {
      for (const target of rotated(targets, round)) {
        await target.start()
        for (const [index, rate] of rates.entries()) {
          if (target.name === 'naive' && rate > NAIVE_RATE) continue
          const number = round * rates.length + index
          const result = await load(target, flags(target, { ...options, rate, number }))
          loads.push({ target: target.name, rate, round, result })
          say(line(round, target.name, rate, result))
        }
        await target.stop()
      }
    }
    return { options, loads, start }
  } finally {
    for (const target of targets) await target.remove()
  }
}

const flags = (target, { clients, senders, seconds, rate, number }) => ({
  conns: clients,
  senders,
  rate,
  warmup: 1,
  duration: seconds,
  drain: 2,
  'settle-max': 15,
  ...target.flags(number),
})

/** Whoever is first in one round is last in the next. */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)]

function line(round, name, rate, { deliveries_per_cpu_s: n, lat_us: { p50, p99 }, ...rest }) {
  const ms = (us) => (us / 1e3).toFixed(1)
  const trouble = rest.error ? `, ${rest.error}` : rest.complete ? '' : ', incomplete'
  return `round ${round + 1}: ${name} at ${rate}/s: ${n} deliveries per CPU-second, p50 ${ms(p50)} ms, p99 ${ms(p99)} ms${trouble}`
}

async function measureStarts(say) {
  const readyMs = []
  const idleRssMib = []
  for (let i = 0; i < STARTS; i++) {
    const program = await Program.prepare({ cpu: SERVER_CORE })
    try {
      readyMs.push(await program.start())
      await wait(IDLE_MS)
      idleRssMib.push(await rssMib(program.pid))
    } finally {
      await program.remove()
    }
  }
  say(`ready after ${readyMs.map(Math.round).join(', ')} ms`)
  return { readyMs, idleRssMib, acks: await measureAcks() }
}

async function rssMib(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
