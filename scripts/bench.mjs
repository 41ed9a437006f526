import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { draw } from './bench/draw.mjs'
import { gatewaysTable, measureGateways } from './bench/gateways.mjs'
import { growthTable, measureGrowth } from './bench/growth.mjs'
import { joinsTable, measureJoins } from './bench/joins.mjs'
import { ladderTable, measureLadder } from './bench/ladder.mjs'
import { measureOverload, overloadTable } from './bench/overload.mjs'
import { measurePlugins, pluginsTable } from './bench/plugins.mjs'
import { measureRooms, roomsTable } from './bench/rooms.mjs'
import { others, run, targetNames } from './bench/run.mjs'
import { measureSaves, savesTable } from './bench/saves.mjs'
import { measureSearch, searchTable } from './bench/search.mjs'
import { checkMachine, setUp } from './bench/setup.mjs'
import { measureSmallRooms, smallRoomsTable } from './bench/small-rooms.mjs'
import { table } from './bench/table.mjs'
import { measureTls, tlsTable } from './bench/tls.mjs'
import { measureWhere, whereTable } from './bench/where.mjs'

/** Compares this server with what one would take instead; docs/PERFORMANCE.md explains the figures. */
const usage = `npm run bench -- [PART] [options]
  without a part: this server beside others, one table
     [--quick] [--rates 20,500] [--slow-rates 20,500] [--rounds 7] [--seconds 4] [--clients 1000]
     [--targets ours,naive,socket.io,uWS,wall,bare]
  ladder        the most messages a second that each holds, 99 % within 100 ms [--rounds 7] [--targets …]
  small-rooms   a hundred rooms of ten, beside naive koa [--rooms 100] [--rates 100] [--rounds 7] [--seconds 2]
  joins         1,000 and 5,000 who come into one room and then are silent: time, memory, processor
                [--rounds 3] [--seconds 20]
  growth        with clients, rooms and what is stored
                [--messages 1000000] [--only clients,rooms,stored] [--past FOLDER: keeps full stores for the next run]
  overload      told more than it can take, and after it [--rates 20000] [--seconds 8]
  where         where the processor's time of a message goes, and what the goals leave for it
                [--rounds 3] [--seconds 5]
  all           these seven and the one without a name, one after the other, and "draw": an hour and a quarter
  draw          from the results in docs/figures: plots, and the tables in docs/PERFORMANCE.md
  tls           what a delivery costs over TLS and without [--rounds 5] [--seconds 4]
  search        searching a long past, and those who talk meanwhile [--messages 300000] [--searches 500]
  rooms         the first frame of who is in a hundred rooms, ten people in each who talk
                [--messages 300000] [--rates 100] [--seconds 10]
  gateways      whether bots elsewhere hear all, beside a slow one too [--rates 100] [--seconds 5] [--rounds 3]
  plugins       what ten plugins cost a message, and a bot that is loaded again and again
                [--messages 20000] [--reloads 1000]
  saves         how soon a saved bot is in the room, and what a thousand saves leave [--reloads 1000]
  --quick       without a part: ours, naive and uWS, two rates, two rounds: less than three minutes
  --json FILE   keeps the results, of each single load
`

const quick = { rates: '20,500', 'slow-rates': '20,500', rounds: '2', targets: 'ours,naive,uWS' }
const full = { rates: '20,100,500,2000', 'slow-rates': '20,500', rounds: '7' }

/** A part of which every option is a number; it opens as many connections as it has clients, if nothing is said of them. */
const ofNumbers =
  (defaults, { open, measure, show }) =>
  (given) => {
    const options = {}
    for (const name of Object.keys(defaults))
      options[name === 'rates' ? 'rate' : name] = positive(name, given[name] ?? defaults[name])
    return { open: open ?? options.clients, measure: () => measure(options, say), show }
  }

/**
 * Each takes the options that were given, and says how many connections it opens (if the machine is to be looked at
 * for it), what it measures and how that is shown.
 */
const parts = {
  compare: (given) => {
    const all = { seconds: '4', targets: others.join(','), ...(given.quick ? quick : full) }
    const { rates, targets, ...rest } = { ...all, ...given }
    const options = {
      clients: positive('clients', rest.clients),
      senders: 10,
      rates: rates.split(',').map((rate) => positive('rates', rate)),
      slowRates: rest['slow-rates'].split(',').map((rate) => positive('slow-rates', rate)),
      rounds: positive('rounds', rest.rounds),
      seconds: positive('seconds', rest.seconds),
      targets: targets.split(',').map(knownTarget),
    }
    return { open: options.clients, measure: () => run(options, say), show: table }
  },
  ladder: ({ rounds = '7', seconds = '2', clients, targets = targetNames.join(',') }) => {
    const options = {
      clients: positive('clients', clients),
      senders: 10,
      rounds: positive('rounds', rounds),
      seconds: positive('seconds', seconds),
      targets: targets.split(',').map(knownTarget),
    }
    return {
      open: options.clients,
      measure: () => measureLadder(options, say),
      show: ladderTable,
    }
  },
  growth: ({ messages = '1000000', only = 'clients,rooms,stored', past }) => {
    const options = { most: positive('messages', messages), only: only.split(','), past }
    return { open: 5_000, measure: () => measureGrowth(options, say), show: growthTable }
  },
  'small-rooms': ofNumbers(
    { rooms: '100', clients: '1000', rates: '100', rounds: '7', seconds: '2' },
    { measure: measureSmallRooms, show: smallRoomsTable },
  ),
  joins: ofNumbers(
    { rounds: '3', seconds: '20' },
    { open: 5_000, measure: measureJoins, show: joinsTable },
  ),
  overload: ofNumbers(
    { rates: '20000', seconds: '8' },
    { open: 300, measure: measureOverload, show: overloadTable },
  ),
  where: ofNumbers(
    { clients: '1000', rounds: '3', seconds: '5' },
    { measure: measureWhere, show: whereTable },
  ),
  tls: ofNumbers({ rounds: '5', seconds: '4' }, { open: 300, measure: measureTls, show: tlsTable }),
  search: ofNumbers(
    { messages: '300000', searches: '500' },
    { open: 100, measure: measureSearch, show: searchTable },
  ),
  rooms: ofNumbers(
    { messages: '300000', rates: '100', seconds: '10' },
    { open: 1_000, measure: measureRooms, show: roomsTable },
  ),
  gateways: ofNumbers(
    { rates: '100', seconds: '5', rounds: '3' },
    { open: 300, measure: measureGateways, show: gatewaysTable },
  ),
  plugins: ofNumbers(
    { messages: '20000', reloads: '1000' },
    { measure: measurePlugins, show: pluginsTable },
  ),
  saves: ofNumbers({ reloads: '1000' }, { measure: measureSaves, show: savesTable }),
}

/** What docs/PERFORMANCE.md shows, in this order. */
const shown = ['compare', 'ladder', 'small-rooms', 'joins', 'overload', 'growth', 'where']

/** What tables and plots are made of, of each result of the generator. */
const kept = ['deliveries_per_cpu_s', 'lat_us', 'server_busy', 'core_other', 'gen_busy'].concat([
  'rss_end_kib',
  'rss_per_conn_kib',
  'connect_s',
  'ready',
  'ready_s',
  'complete',
])

const say = (line) => process.stderr.write(`${line}\n`)
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      rates: { type: 'string' },
      'slow-rates': { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      clients: { type: 'string', default: '1000' },
      rooms: { type: 'string' },
      targets: { type: 'string' },
      messages: { type: 'string' },
      reloads: { type: 'string' },
      searches: { type: 'string' },
      only: { type: 'string' },
      past: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const [name = 'compare', ...more] = positionals
  if (values.help) process.stdout.write(usage)
  else if (more.length > 0) throw new Error(`one part at a time, not "${positionals.join(' ')}"`)
  else if (name === 'all') await all(values)
  else if (name === 'draw') {
    setUp()
    await draw()
  } else if (name in parts) await one(name, values)
  else throw new Error(`there is no part "${name}": ${Object.keys(parts).join(', ')}, all, draw`)
} catch (error) {
  say(error.message)
  if (error.code?.startsWith('ERR_PARSE_ARGS')) say(usage)
  process.exitCode = error.code?.startsWith('ERR_PARSE_ARGS') ? 64 : 1
}

async function one(name, { json, ...given }) {
  const { open, measure, show } = parts[name](given)
  if (open !== undefined) checkMachine(open)
  if (open !== undefined) setUp()
  const begun = performance.now()
  const results = await measure()
  const took = Math.round((performance.now() - begun) / 1_000)
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? '' }
  const text = show(results)
  console.log(text)
  const ran = `Node ${machine.node}, ${machine.cores} cores, ${machine.cpu}; took ${took} s`
  console.log(`\n${ran}\n`)
  if (!json) return
  mkdirSync(dirname(json), { recursive: true })
  const day = new Date().toISOString().slice(0, 10)
  writeFileSync(json, `${JSON.stringify({ ...slim(results), machine, took, day, text, ran })}\n`)
}

function slim(results) {
  if (!Array.isArray(results.loads)) return results
  const loads = results.loads.map(({ result, ...load }) => ({
    ...load,
    result: Object.fromEntries(kept.map((name) => [name, result[name]])),
  }))
  return { ...results, loads }
}

/** A part that fails does not keep the others from being measured. */
async function all(given) {
  for (const name of shown) {
    say(`— ${name}`)
    const json = fileURLToPath(new URL(`../docs/figures/${name}.json`, import.meta.url))
    try {
      await one(name, { ...given, json })
    } catch (error) {
      say(`${name}: ${error.stack}`)
      process.exitCode = 1
    }
  }
  await draw()
}

function positive(name, word) {
  const number = Number(word)
  if (Number.isFinite(number) && number > 0) return number
  throw new Error(`--${name} takes numbers above 0, not "${word}"`)
}

function knownTarget(name) {
  if (targetNames.includes(name)) return name
  throw new Error(`--targets takes ${targetNames.join(', ')}, not "${name}"`)
}
