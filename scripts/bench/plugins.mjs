import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'

const PLUGINS = 10
const BOT = "export default async (ctx) => { if (ctx.message.text === 'x') await ctx.reply('y') }"
const PLUGIN = `export default async (ctx, next) => {
  if (ctx.message.text.includes('forbidden')) ctx.reject('no')
  await next()
}`

/**
 * What plugins cost a message: ten of them that look at each text, in the server\'s own thread and through the worker;
 * and what a bot that is saved again and again leaves in memory.
 * @param {{ messages: number, reloads: number }} options
 * @param {(line: string) => void} say
 */
export async function measurePlugins({ messages, reloads }, say) {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-bench-'))
  try {
    const none = await perMessage(folder, { count: 0, isolate: 'none', messages })
    const figures = { none }
    for (const isolate of ['none', 'worker']) {
      const timed = await perMessage(folder, { count: PLUGINS, isolate, messages })
      figures[isolate === 'none' ? 'inProcess' : 'worker'] = timed
      say(`${PLUGINS} plugins, isolate = ${isolate}: ${timed.wall.toFixed(1)} µs a message`)
    }
    const memory = await reloading(folder, reloads, say)
    return { ...figures, ...memory, messages, reloads }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** @param {Awaited<ReturnType<typeof measurePlugins>>} figures */
export const pluginsTable = ({ none, inProcess, worker, before, after, reloads }) =>
  [
    `${PLUGINS} plugins, in-process   ${cost(inProcess, none)}   (goal 30)`,
    `${PLUGINS} plugins, in a worker  ${cost(worker, none)}   (goal 300)`,
    `${reloads} reloads of a bot   RSS ${before} MB → ${after} MB   (goal ±20)`,
  ].join('\n')

/** Of all threads together, the processor's time counts no other work on the machine. */
const cost = (with_, without) =>
  ['wall', 'cpu']
    .map((what) => `${(with_[what] - without[what]).toFixed(1).padStart(8)} µs ${what}`)
    .join('') + ' a message'

async function perMessage(folder, { count, isolate, messages }) {
  const { loadPlugins } = await import('../../dist/plugins/load.js')
  const { Stage } = await import('../../dist/testing/stage.js')
  await writeFile(join(folder, 'plugin.mjs'), PLUGIN)
  const sections = Array.from({ length: count }, (_, n) =>
    section({ kind: 'plugin', name: `p${n}`, file: join(folder, 'plugin.mjs'), isolate }),
  )
  const plugins = await loadPlugins(sections, deps(folder))
  const stage = new Stage({ bots: () => [] })
  const user = { id: 1, name: 'ada', imageid: '1', kind: 'person' }
  const stored = { seq: 1, at: 1, dup: false }
  const run = async (times) => {
    for (let n = 0; n < times; n++) {
      const say = { room: stage, user, cid: `line-${n}`, data: 'a line of some words', lang: 'en' }
      await plugins.chain.run(say, async () => stored)
    }
  }
  await run(Math.ceil(messages / 5)) // warm
  const [begun, before] = [performance.now(), process.cpuUsage()]
  await run(messages)
  const wall = (performance.now() - begun) * 1_000
  const spent = process.cpuUsage(before)
  await plugins.close()
  return { wall: wall / messages, cpu: (spent.user + spent.system) / messages }
}

/** A bot is saved, takes the place of its version before, and that one stops. */
async function reloading(folder, reloads, say) {
  const { loadPlugins } = await import('../../dist/plugins/load.js')
  const file = join(folder, 'bot.mjs')
  const plugins = await loadPlugins([], deps(folder))
  const reload = async (n) => {
    await writeFile(file, `${BOT}\n// ${n} ${'x'.repeat(10_000)}`)
    const newcomer = await plugins.bring(section({ kind: 'bot', name: 'bot', file }), {
      hear: 'all',
    })
    await newcomer.takePlace()?.stop()
  }
  for (let n = 0; n < 100; n++) await reload(n)
  const before = megabytes()
  for (let n = 0; n < reloads; n++) {
    await reload(n)
    if (n % 250 === 249) say(`${n + 1} reloads: RSS ${megabytes()} MB`)
  }
  const after = megabytes()
  await plugins.close()
  return { before, after }
}

const deps = (dataDir) => ({ dataDir, log: pino({ level: 'silent' }) })

const section = ({ kind, name, file, isolate = 'worker' }) => ({
  kind,
  name,
  use: file,
  rooms: [],
  settings: { isolate },
  lines: {},
})

function megabytes() {
  globalThis.gc?.()
  return Math.round(process.memoryUsage.rss() / 1_048_576)
}
