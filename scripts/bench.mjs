import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { gatewaysTable, measureGateways } from './bench/gateways.mjs'
import { measurePlugins, pluginsTable } from './bench/plugins.mjs'
import { measureRooms, roomsTable } from './bench/rooms.mjs'
import { run, targetNames } from './bench/run.mjs'
import { measureSaves, savesTable } from './bench/saves.mjs'
import { measureSearch, searchTable } from './bench/search.mjs'
import { checkMachine, setUp } from './bench/setup.mjs'
import { table } from './bench/table.mjs'

/** Compares this server with what one would take instead; docs/PERFORMANCE.md explains the figures. */
const usage = `npm run bench -- [--quick] [--rates 20,500] [--rounds 7] [--seconds 5] [--clients 1000]
                  [--targets ours,naive,uWS] [--json FILE]
       npm run bench -- search [--messages 300000] [--searches 500] [--json FILE]
       npm run bench -- plugins [--messages 20000] [--reloads 1000] [--json FILE]
       npm run bench -- saves [--reloads 1000] [--json FILE]
       npm run bench -- gateways [--rates 100] [--seconds 5] [--rounds 3] [--json FILE]
       npm run bench -- rooms [--messages 300000] [--rates 100] [--seconds 10] [--json FILE]
  gateways   whether bots elsewhere hear all, beside a slow one too, and how soon a hook is on the screen
  plugins    what ten plugins cost a message, and what a bot that is saved a thousand times leaves
  saves      how soon a saved bot is in the room of a running server, and what a thousand saves leave there
  search     what searching a long past costs, and those who talk meanwhile
  rooms      a hundred rooms: the first frame of who is in all of them, ten people in each who talk
  --quick    two rates, three rounds: about three minutes
  --json     keeps every single result in a file
`

const quick = { rates: '20,500', rounds: '3', seconds: '3' }
const full = { rates: '20,100,500,2000', rounds: '7', seconds: '5' }

const say = (line) => process.stderr.write(`${line}\n`)
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      rates: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      clients: { type: 'string', default: '1000' },
      targets: { type: 'string', default: targetNames.join(',') },
      messages: { type: 'string' },
      reloads: { type: 'string', default: '1000' },
      searches: { type: 'string', default: '500' },
      json: { type: 'string' },
    },
  })
  if (values.help) process.stdout.write(usage)
  else if (positionals.length === 0) await bench(values)
  else if (positionals.join(' ') === 'search') await searching(values)
  else if (positionals.join(' ') === 'rooms') await hundredRooms(values)
  else if (positionals.join(' ') === 'gateways') await manyGateways(values)
  else if (positionals.join(' ') === 'plugins') await tenPlugins(values)
  else if (positionals.join(' ') === 'saves') await thousandSaves(values)
  else
    throw new Error(
      `there is no part "${positionals.join(' ')}" of the bench: search, rooms, gateways, plugins, saves`,
    )
} catch (error) {
  say(error.message)
  if (error.code?.startsWith('ERR_PARSE_ARGS')) say(usage)
  process.exitCode = error.code?.startsWith('ERR_PARSE_ARGS') ? 64 : 1
}

async function bench(values) {
  const given = { ...(values.quick ? quick : full), ...values }
  const options = {
    clients: positive('clients', given.clients),
    senders: 10,
    rates: given.rates.split(',').map((rate) => positive('rates', rate)),
    rounds: positive('rounds', given.rounds),
    seconds: positive('seconds', given.seconds),
    targets: given.targets.split(',').map(knownTarget),
  }
  checkMachine(options.clients)
  setUp()
  const begun = performance.now()
  const results = await run(options, say)
  const took = Math.round((performance.now() - begun) / 1_000)

  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? '' }
  console.log(table(results))
  console.log(`\n${machineLine()}; took ${took} s`)
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ ...results, machine, took }, null, 2)}\n`)
}

/** What it ran on. */
function machineLine() {
  return `Node ${process.version}, ${cpus().length} cores, ${cpus()[0]?.model ?? ''}`
}

async function searching({ messages = '300000', searches, json }) {
  checkMachine(100)
  const options = {
    messages: positive('messages', messages),
    searches: positive('searches', searches),
  }
  const results = await measureSearch(options, say)
  console.log(searchTable(results))
  console.log(`\n${machineLine()}`)
  if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
}

async function hundredRooms({ messages = '300000', rates = '100', seconds = '10', json }) {
  checkMachine(1_000)
  const options = {
    messages: positive('messages', messages),
    rate: positive('rates', rates),
    seconds: positive('seconds', seconds),
  }
  const results = await measureRooms(options, say)
  console.log(roomsTable(results))
  console.log(`\n${machineLine()}`)
  if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
}

async function manyGateways({ rates = '100', seconds = '5', rounds = '3', json }) {
  checkMachine(300)
  const options = {
    rate: positive('rates', rates),
    seconds: positive('seconds', seconds),
    rounds: positive('rounds', rounds),
  }
  const results = await measureGateways(options, say)
  console.log(gatewaysTable(results))
  console.log(`\n${machineLine()}`)
  if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
}

async function tenPlugins({ messages = '20000', reloads, json }) {
  const options = {
    messages: positive('messages', messages),
    reloads: positive('reloads', reloads),
  }
  const results = await measurePlugins(options, say)
  console.log(pluginsTable(results))
  console.log(`\n${machineLine()}`)
  if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
}

async function thousandSaves({ reloads, json }) {
  const results = await measureSaves({ reloads: positive('reloads', reloads) }, say)
  console.log(savesTable(results))
  console.log(`\n${machineLine()}`)
  if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
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
