import { readFile } from 'node:fs/promises'
import { interval, median, ratios } from '../bench/figures.mjs'
import { fakeOpenAI } from '../fake-openai/server.mjs'
import { Program, quietBird } from '../program.mjs'
import { cases, wellBehaved } from './bot-cases.mjs'
import { Talkers } from './talkers.mjs'

/** Linux counts a thread's work in these. */
const TICK_MS = 10
const MIB = 2 ** 20

/**
 * How long people wait for their acks beside bots that misbehave, and what memory that takes. For each case two
 * servers run side by side, one without the bot, and have their windows of talk in turn: what else the machine does
 * meets both. A server with a bot of a user's own has a worker for it, whatever the bot does: so has the other.
 * @param {{ rounds: number, seconds: number, people?: number, rate?: number, only?: string }} options
 */
export async function* botsRun({ only = '', ...options }) {
  for (const [name, bot] of Object.entries(cases)) {
    const { takesMemory } = bot
    if (name.includes(only)) yield { name, takesMemory, ...(await compare(bot, options)) }
  }
}

async function compare(bot, { rounds, seconds, people = 20, rate = 200 }) {
  const fake = bot.scenario && (await fakeOpenAI({ scenario: bot.scenario }))
  const sides = [
    await open(wellBehaved(bot), people),
    await open({ ...bot, section: bot.section.replace('{url}', fake?.url ?? '') }, people),
  ]
  try {
    for (const { talkers } of sides) await talkers.talk({ rate, seconds: 1 }) // warming up
    const pairs = []
    for (let round = 0; round < rounds; round++) {
      const pair = []
      // The order turns, so that neither is always the first.
      for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
        pair[side] = await talk(sides[side], { rate, seconds })
      }
      pairs.push(pair)
    }
    return figures(pairs, sides)
  } finally {
    for (const { talkers, program } of sides) {
      talkers.close()
      await program.remove()
    }
    await fake?.close()
  }
}

async function talk({ talkers, program }, pace) {
  const before = await workOf(program)
  const waits = await talkers.talk(pace)
  const work = ((await workOf(program)) - before) / waits.length
  const { resident, kept } = await program.memory()
  return { p99: at(waits, 0.99), work, resident: resident / MIB, kept: kept / MIB }
}

function figures(pairs, [without, with_]) {
  const column = (side, what) => pairs.map((pair) => pair[side][what])
  const more = (what) => median(pairs.map(([a, b]) => b[what] - a[what]))
  const all = ratios(column(1, 'p99'), column(0, 'p99'))
  return {
    without: median(column(0, 'p99')),
    with: median(column(1, 'p99')),
    ratio: median(all),
    between: interval(all),
    work: median(ratios(column(1, 'work'), column(0, 'work'))),
    resident: more('resident'),
    kept: more('kept'),
    lost: without.talkers.lost + with_.talkers.lost,
  }
}

async function open({ section = '', code }, people) {
  const bots = `${section}\n${quietBird}`
  const program = await Program.prepare({
    bots,
    files: code ? { 'bot.mjs': code } : {},
    metered: true,
  })
  await program.start()
  return { program, talkers: await Talkers.enter(program.url, people) }
}

/** What the server's own thread has worked, in milliseconds: other work on the machine does not count. */
async function workOf({ pid }) {
  const stat = await readFile(`/proc/${pid}/task/${pid}/stat`, 'utf8')
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
  return (Number(user) + Number(system)) * TICK_MS
}

export const at = (waits, share) =>
  waits.toSorted((a, b) => a - b)[Math.floor(waits.length * share)] ?? NaN
