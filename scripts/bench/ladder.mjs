import { interval, median, ratio } from './figures.mjs'
import { load } from './load.mjs'
import { everyTarget, flags, isSlow, rotated, startWarm } from './run.mjs'

/** Messages a second: each rung a tenth above the one before. */
const RUNGS = Array.from({ length: 64 }, (_, k) => Math.round(20 * 1.1 ** k))
/** Where the search for the highest begins; then each round begins where the last one ended. */
const GUESSES = { ours: 5_000, bare: 5_000, uWS: 1_700, naive: 75, 'socket.io': 75, wall: 120 }
const HELD_US = 100_000
/** Who writes once a message and member takes part in so many rounds only: it is far from the others. */
const SLOW_ROUNDS = 1
/** A load has a room of its own, so they are counted before. */
const MOST_LOADS = 120

/**
 * How many messages a second a room of a thousand can be told, all of them, 99 % within 100 ms: for each server the
 * highest rung that it holds.
 * @param {{ clients: number, senders: number, rounds: number, seconds: number, targets: string[] }} options
 * @param {(line: string) => void} say
 */
export async function measureLadder(options, say) {
  const targets = []
  const highest = {}
  const at = {}
  try {
    for (const name of options.targets) {
      say(`preparing ${name}`)
      targets.push(await everyTarget[name]({ clients: options.clients, loads: MOST_LOADS }))
      highest[name] = []
      at[name] = RUNGS.findLastIndex((rate) => rate <= GUESSES[name])
    }
    let number = 0
    for (let round = 0; round < options.rounds; round++) {
      for (const target of rotated(targets, round)) {
        const { name } = target
        if (isSlow(name) && round >= SLOW_ROUNDS) continue
        // At the rung itself: what is still compiled there in the first seconds is a stall of 0.1 s.
        await startWarm(target, options, number++ % MOST_LOADS, RUNGS[at[name]])
        const holds = async (rung) => {
          const given = { ...options, rate: RUNGS[rung], number: number++ % MOST_LOADS }
          const result = await load(target, { ...flags(target, given), drain: 1 })
          return { held: result.complete && result.lat_us.p99 < HELD_US, result }
        }
        const { rung, result } = await climb(at[name], holds)
        at[name] = rung
        highest[name].push({ rate: RUNGS[rung], generator: result?.gen_busy })
        say(`round ${round + 1}: ${name} holds ${RUNGS[rung]}/s`)
        await target.stop()
      }
    }
    return { options, highest }
  } finally {
    for (const target of targets) await target.remove()
  }
}

/** From a rung up while it holds, or down until one does. */
async function climb(start, holds) {
  let rung = start
  let best = await holds(rung)
  if (best.held) {
    while (rung + 1 < RUNGS.length) {
      const next = await holds(rung + 1)
      if (!next.held) break
      best = next
      rung++
    }
    return { rung, result: best.result }
  }
  while (rung > 0) {
    rung--
    best = await holds(rung)
    if (best.held) break
  }
  return { rung, result: best.result }
}

/** @returns {string} a line a server. */
export function ladderTable({ options, highest }) {
  const rates = (name) => highest[name].map(({ rate }) => rate)
  const rows = Object.keys(highest).map((name) => {
    const own = rates(name)
    const [low, high] = interval(own)
    const compared = name === 'ours' || !highest.ours?.length ? '' : ratio(rates('ours'), own)
    return `${name.padEnd(10)} ${`${median(own)}`.padStart(6)}  ${`[${low}–${high}]`.padStart(12)}  ${compared.padStart(18)}`.trimEnd()
  })
  const head = `${'messages/s'.padEnd(10)} ${'median'.padStart(6)}  ${''.padStart(12)}  ${'ours/its'.padStart(18)}`
  return [
    `${options.clients} clients in one room: the most that each of them had, 99 % within 100 ms; ${options.rounds} rounds, steps of a tenth`,
    head,
    ...rows,
  ].join('\n')
}
