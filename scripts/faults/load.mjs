import { readdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from '../bench/figures.mjs'
import { checkFiles } from '../bench/setup.mjs'
import { Program } from '../program.mjs'
import { at } from './bots.mjs'
import { Crowd } from './crowd.mjs'
import { integrityOf } from './talk.mjs'

const MIB = 2 ** 20
/** Of the soak: people, rooms, lines a second. About a third of what is held. */
const SOAK = { people: 500, rooms: 20, rate: 60 }
/** Samples, two a minute, that a line is laid through. */
const FEWEST = 4

/**
 * @typedef {{ kept: boolean, outcome: string }} Outcome `kept` is what holds on any machine, however busy; times and
 *   memory are told, and whoever reads compares them with the goals.
 */

/**
 * Many people in many rooms who talk all the time.
 * @param {{ people: number, rooms: number, rate: number, seconds: number }} options
 */
export const loadRun = (options) =>
  withCrowd(options, async ({ crowd, program }) => {
    await crowd.talk(options)
    const rooms = options.rooms === 1 ? 'one room' : `${options.rooms} rooms`
    return `${options.people} people in ${rooms}, ${times(crowd)}; ${await memory(program)}`
  })

/** Two people in each of twenty rooms say all they can; then all of them throw lines at the server at once. */
export const peakRun = ({ rate, seconds, thrown = 20_000 }) =>
  withCrowd({ people: 40, rooms: 20 }, async ({ crowd }) => {
    const begun = performance.now()
    await crowd.talk({ rate, seconds })
    await crowd.settle()
    const pace = Math.round(crowd.acked.size / ((performance.now() - begun) / 1_000))
    const told = times(crowd)
    for (let n = 0; n < thrown; n++) crowd.say()
    await crowd.settle(120_000)
    return `${pace} lines a second, ${told}; of ${thrown} thrown at once ${crowd.retries} were put off and came later`
  })

/** Everybody's line breaks at once, while people talk; they come back to where they stood. */
export const stormRun = ({ people, rooms = 100 }) =>
  withCrowd({ people, rooms }, async ({ crowd, program }) => {
    await crowd.talk({ rate: 50, seconds: 2 })
    const back = await crowd.allBack()
    await crowd.talk({ rate: 50, seconds: 2 })
    return `${people} people of ${rooms} rooms were back after ${(back / 1_000).toFixed(1)} s; ${await memory(program)}`
  })

/** A long time at a third of the load, with people who come and go; what is left behind would grow. */
export const soakRun = ({ minutes, say = () => {} }) =>
  withCrowd({ ...SOAK, metered: true }, async ({ crowd, program }) => {
    const samples = []
    for (const end = performance.now() + minutes * 60_000; performance.now() < end;) {
      await crowd.talk({ rate: SOAK.rate, seconds: 29 })
      for (const person of crowd.people.slice(0, 20)) person.drop()
      crowd.people.push(...crowd.people.splice(0, 20))
      await wait(1_000)
      samples.push({ minute: performance.now() / 60_000, ...(await look(program)) })
      const { resident, kept, handles, files } = samples.at(-1)
      say(`RSS ${mib(resident)}, kept ${mib(kept)}, ${handles} handles, ${files} files`)
    }
    return grown(samples, minutes)
  })

async function withCrowd({ people, rooms, metered = false }, does) {
  checkFiles(people)
  const names = Array.from({ length: rooms }, (_, n) => `crowd-${n}`)
  const program = await Program.prepare({ rooms: names, metered })
  let crowd
  try {
    await program.start({ within: 60_000 })
    crowd = await Crowd.enter({ url: program.url, people, rooms: names })
    const outcome = await does({ crowd, program })
    await crowd.settle()
    crowd.close()
    const code = await program.stop()
    const stored = crowd.stored(program.database)
    const integrity = integrityOf(program.database)
    const faults = Object.entries(crowd.faults).map(([name, count]) => `${name} ${count}`)
    return {
      kept: crowd.whole && stored === crowd.said && code === 0 && integrity === 'ok',
      outcome: `${outcome}; ${stored} of ${crowd.said} lines, ${faults.join(', ')}, file ${integrity}, exit ${code}`,
    }
  } finally {
    crowd?.close()
    await program.remove()
  }
}

const times = ({ acks, deliveries }) =>
  `ack p99 ${Math.round(at(acks, 0.99))} ms, heard p99 ${Math.round(at(deliveries, 0.99))} ms`
const memory = async (program) => `RSS ${Math.round(await program.residentMib())} MiB`
const mib = (bytes) => `${Math.round(bytes / MIB)} MiB`

async function look(program) {
  const files = (await readdir(`/proc/${program.pid}/fd`)).length
  return { ...(await program.memory()), files }
}

/** What grew, from the second third on: before that, caches fill. */
function grown(samples, minutes) {
  const late = samples.slice(Math.floor(samples.length / 3))
  const per10 = (field) => slope(late.map((sample) => [sample.minute, sample[field]])) * 10
  const range = (field) => {
    const all = late.map((sample) => sample[field])
    return `${Math.min(...all)}–${Math.max(...all)}`
  }
  const [resident, kept] = [per10('resident'), per10('kept')].map((n) => (n / MIB).toFixed(2))
  const growth =
    late.length < FEWEST
      ? 'too short to tell what grows'
      : `${resident} MiB more in 10 minutes (kept by its own thread: ${kept})`
  return (
    `${minutes} minutes: RSS ${mib(median(late.map((sample) => sample.resident)))}, ${growth}; ` +
    `handles ${range('handles')}, files ${range('files')}`
  )
}

/** Of the straight line through these points (least squares). */
function slope(points) {
  const mean = (index) => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
