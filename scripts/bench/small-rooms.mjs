import { median, ratio } from './figures.mjs'
import { load } from './load.mjs'
import { flags, rotated, startWarm } from './run.mjs'
import { naive, ours } from './targets.mjs'

/** Messages a second while the servers get warm: either can tell them to rooms of ten. */
const WARM_RATE = 500

/**
 * A thousand clients in many small rooms, somebody talking in each: here nothing can be gained by putting messages
 * together, and what a message costs in all is seen.
 * @param {{ rooms: number, clients: number, rate: number, rounds: number, seconds: number }} options `clients`: in all
 * rooms together, as `rate` is.
 * @param {(line: string) => void} say
 */
export async function measureSmallRooms({ rooms, clients, rate, rounds, seconds }, say) {
  const targets = [await ours({ clients, loads: 2 * rounds, rooms }), await naive({ rooms })]
  const options = { clients, rooms, senders: Math.min(rooms * 10, clients), rate, seconds }
  const loads = []
  try {
    for (let round = 0; round < rounds; round++) {
      for (const target of rotated(targets, round)) {
        await startWarm(target, options, 2 * round, WARM_RATE)
        const result = await load(target, flags(target, { ...options, number: 2 * round + 1 }))
        loads.push({ target: target.name, round, result })
        const { server_busy: busy, complete } = result
        say(
          `round ${round + 1}: ${target.name} in ${rooms} rooms: ${(busy * 100).toFixed(1)} % of a core${complete ? '' : ', incomplete'}`,
        )
        await target.stop()
      }
    }
    return { rooms, clients, rate, rounds, seconds, loads }
  } finally {
    for (const target of targets) await target.remove()
  }
}

/** @returns {string} */
export function smallRoomsTable({ rooms, clients, rate, rounds, seconds, loads }) {
  const of = (name, read) =>
    loads.filter(({ target }) => target === name).map(({ result }) => read(result))
  const busy = (name) => of(name, ({ server_busy: n }) => n)
  const line = (read, digits) =>
    ['ours', 'naive']
      .map((target) => median(of(target, read)).toFixed(digits).padStart(7))
      .join('  ')
  return [
    `${rooms} rooms with ${clients / rooms} clients each, ${rate} messages/s in all; ${rounds} pairs of ${seconds} s`,
    `${''.padEnd(24)}     ours    naive  ours/naive`,
    `CPU of the server, %      ${line(({ server_busy: n }) => n * 100, 1)}  ${ratio(busy('ours'), busy('naive'))}`,
    `latency p50, ms           ${line(({ lat_us }) => lat_us.p50 / 1e3, 1)}`,
    `latency p99, ms           ${line(({ lat_us }) => lat_us.p99 / 1e3, 1)}`,
  ].join('\n')
}
