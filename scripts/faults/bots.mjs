import { readFile } from 'node:fs/promises'
import { interval, median, ratios } from '../bench/figures.mjs'
import { fakeOpenAI } from '../fake-openai/server.mjs'
import { Program } from '../program.mjs'
import { cases } from './bot-cases.mjs'
import { Talkers } from './talkers.mjs'

/** Linux counts a thread's work in these. */
const TICK_MS = 10

/**
 * How long people wait for their acks beside bots that misbehave. For each case two servers run side by side,
 * one without the bot, and have their windows of talk in turn: what else the machine does meets both.
 * @param {{ rounds: number, seconds: number, people?: number, rate?: number, only?: string }} options
 */
export async function* botsRun({ only = '', ...options }) {
  for (const [name, bot] of Object.entries(cases)) {
    const { takesMemory } = bot
    if (name.includes(only)) yield { name, takesMemory, ...(await compare(bot, options)) }
  }
}

async function compare({ section, code, scenario }, { rounds, seconds, people = 20, rate = 200 }) {
  const fake = scenario && (await fakeOpenAI({ scenario }))
  const bad = `${section.replace('{url}', fake?.url ?? '')}\n[bot:bird]\nuse = offline\nhear = mention\n`
  const sides = [
    await open({}, people),
    await open({ bots: bad, files: code ? { 'bot.mjs': code } : {} }, people),
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
  return { p99: at(waits, 0.99), work, memory: await memoryOf(program) }
}

function figures(pairs, [without, with_]) {
  const column = (side, what) => pairs.map((pair) => pair[side][what])
  const all = ratios(column(1, 'p99'), column(0, 'p99'))
  return {
    without: median(column(0, 'p99')),
    with: median(column(1, 'p99')),
    ratio: median(all),
    between: interval(all),
    work: median(ratios(column(1, 'work'), column(0, 'work'))),
    memory: median(pairs.map(([a, b]) => b.memory - a.memory)),
    lost: without.talkers.lost + with_.talkers.lost,
  }
}

async function open(options, people) {
  const program = await Program.prepare(options)
  await program.start()
  return { program, talkers: await Talkers.enter(program.url, people) }
}

/** Resident, in MiB. */
async function memoryOf({ pid }) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024
}

/** What the server's own thread has worked, in milliseconds: other work on the machine does not count. */
async function workOf({ pid }) {
  const stat = await readFile(`/proc/${pid}/task/${pid}/stat`, 'utf8')
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
  return (Number(user) + Number(system)) * TICK_MS
}

export const at = (waits, share) =>
  waits.toSorted((a, b) => a - b)[Math.floor(waits.length * share)] ?? NaN
