import { setTimeout as wait } from 'node:timers/promises'
import { Program } from '../program.mjs'
import { measureAcks } from './acks.mjs'
import { load } from './load.mjs'
import { SERVER_CORE } from './setup.mjs'
import { bare, naive, ours, socketIo, uws, wall } from './targets.mjs'

/**
 * @typedef {object} Options
 * @property {number} clients
 * @property {number} senders
 * @property {number[]} rates Messages a second, over all senders; open loop.
 * @property {number[]} slowRates Those at which who writes once a message and member takes part.
 * @property {number} rounds
 * @property {number} seconds Measured in each load, after {@link WARMUP_S} of it.
 * @property {string[]} targets
 *
 * @typedef {object} Results
 * @property {Options} options
 * @property {{ target: string, rate: number, round: number, result: object }[]} loads
 * @property {{ target: string, round: number, result: object }[]} first What each server was made warm with.
 * @property {{ readyMs: number[], idleRssMib: number[], acks: { p50: number, p99: number } } | undefined} start
 */

export const everyTarget = { ours, naive, 'socket.io': socketIo, uWS: uws, wall, bare }
export const targetNames = Object.keys(everyTarget)
/** What one would take instead. */
export const others = targetNames.filter((name) => name !== 'bare')
/** They write once a message and member: from some hundred messages a second on they only queue. */
export const isSlow = (name) => name === 'naive' || name === 'socket.io' || name === 'wall'

/**
 * What goes before the loads that count: in the first seconds of a server V8 compiles what has become hot, and what a
 * message takes then is up to twice what it takes from then on.
 */
const WARM_SECONDS = 5
/** Messages a second meanwhile, that each can tell to a thousand. */
const warmRate = ({ name }) => (isSlow(name) ? 50 : 500)

/** Of each load so many seconds do not count: in the first one ours is still at what the coming in has left behind. */
const WARMUP_S = 2

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
  const { targets: names, rounds, rates, slowRates, clients } = options
  const start = names.includes('ours') ? await measureStarts(say) : undefined
  const [loads, first, targets] = [[], [], []]
  try {
    for (const name of names) {
      say(`preparing ${name}`)
      targets.push(await everyTarget[name]({ clients, loads: rounds * (rates.length + 1) }))
    }
    for (let round = 0; round < rounds; round++) {
      for (const target of rotated(targets, round)) {
        const begin = round * (rates.length + 1)
        first.push({ target: target.name, round, result: await startWarm(target, options, begin) })
        for (const [index, rate] of rates.entries()) {
          if (isSlow(target.name) && !slowRates.includes(rate)) continue
          const number = begin + 1 + index
          const result = await load(target, flags(target, { ...options, rate, number }))
          loads.push({ target: target.name, rate, round, result })
          say(line(round, target.name, rate, result))
        }
        await target.stop()
      }
    }
    return { options, loads, first, start }
  } finally {
    for (const target of targets) await target.remove()
  }
}

/**
 * Starts a server and has it used by a load whose speed does not count.
 * @param {number} number Of that load. @returns what came of it: how the first ones came in.
 */
export async function startWarm(target, options, number, rate = warmRate(target)) {
  await target.start()
  const given = { ...options, rate, seconds: WARM_SECONDS, number }
  const result = await load(target, flags(target, given))
  if (result.error) throw new Error(`${target.name} did not get warm: ${result.error}`)
  return result
}

/** For the generator. */
export const flags = (target, { clients, rooms, senders, seconds, rate, number }) => ({
  conns: clients,
  ...(rooms !== undefined && { rooms }),
  senders,
  rate,
  warmup: WARMUP_S,
  duration: seconds,
  drain: isSlow(target.name) ? 1 : 2,
  'settle-max': 15,
  ...target.flags(number),
})

/** Whoever is first in one round is last in the next. */
export const rotated = (list, by) => [
  ...list.slice(by % list.length),
  ...list.slice(0, by % list.length),
]

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
      idleRssMib.push(await program.residentMib())
    } finally {
      await program.remove()
    }
  }
  say(`ready after ${readyMs.map(Math.round).join(', ')} ms`)
  return { readyMs, idleRssMib, acks: await measureAcks() }
}
