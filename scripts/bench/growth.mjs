import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Program } from '../program.mjs'
import { lines } from '../seed-world-lines.mjs'
import { connect, summary } from './asker.mjs'
import { median } from './figures.mjs'
import { load } from './load.mjs'
import { flags, startWarm } from './run.mjs'
import { keepToLoadCore, SERVER_CORE } from './setup.mjs'
import { measureSmallRooms } from './small-rooms.mjs'
import { ours, uws } from './targets.mjs'

const CLIENTS = [100, 500, 1_000, 2_500, 5_000]
const ROOMS = [1, 10, 100, 1_000]
/** Messages a second, in all rooms together. */
const RATE = 100
const SECONDS = 3
const ROUNDS = 1
const STORED = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
const ASKED = 200
const BATCH = 500

/**
 * How cost grows: with the clients of a room, with the rooms of a thousand clients, and with what is stored.
 * @param {{ most: number, only: string[], past?: string }} options `most`: messages stored, at most; `only`: which of the
 * three; `past`: a folder where stores are kept once they are full, and taken from in the next run.
 * @param {(line: string) => void} say
 */
export async function measureGrowth({ most, only, past }, say) {
  keepToLoadCore()
  const counts = STORED.filter((count) => count <= most)
  return {
    rate: RATE,
    clients: only.includes('clients') ? await byClients(say) : [],
    rooms: only.includes('rooms') ? await byRooms(say) : [],
    stored: only.includes('stored') ? await byStored(counts, past, say) : [],
  }
}

async function byClients(say) {
  const points = []
  for (const clients of CLIENTS) {
    const targets = [await ours({ clients, loads: 2 * ROUNDS }), await uws()]
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const target of targets) {
          const given = { clients, senders: 10, seconds: SECONDS, rate: RATE }
          const first = await startWarm(target, given, 2 * round, RATE)
          const result = await load(target, flags(target, { ...given, number: 2 * round + 1 }))
          points.push({ ...point(target, { clients }, result), ...comingIn(first) })
          say(`${clients} clients: ${JSON.stringify(points.at(-1))}`)
          await target.stop()
        }
      }
    } finally {
      for (const target of targets) await target.remove()
    }
  }
  return points
}

async function byRooms(say) {
  const points = []
  for (const rooms of ROOMS) {
    const options = { rooms, clients: 1_000, rate: RATE, rounds: ROUNDS, seconds: SECONDS }
    const { loads } = await measureSmallRooms(options, say)
    for (const { target, result } of loads) points.push(point({ name: target }, { rooms }, result))
  }
  return points
}

const point = ({ name }, x, { server_busy: busy, ...result }) => ({
  target: name,
  ...x,
  perCpuSecond: result.deliveries_per_cpu_s,
  busy,
  p50Ms: result.lat_us.p50 / 1e3,
  p99Ms: result.lat_us.p99 / 1e3,
  complete: result.complete,
})

/** As the first people of a new server come in. */
const comingIn = (result) => ({
  perConnectionKib: result.rss_per_conn_kib,
  connectS: result.ready_s ?? result.connect_s,
})

/** Start, a page of history and a search, over the same store as it grows. */
async function byStored(counts, past, say) {
  const program = await Program.prepare({ cpu: SERVER_CORE })
  const points = []
  try {
    await program.start() // makes the lobby
    await program.stop()
    let stored = 0
    for (const messages of counts) {
      const kept = past && join(past, `${messages}.db`)
      const known = kept !== undefined && existsSync(kept)
      if (known) replace(program.database, kept)
      const storedMs = known ? null : await fill(dirname(program.database), stored, messages)
      if (kept && !known) {
        mkdirSync(past, { recursive: true })
        copyFileSync(program.database, kept)
      }
      stored = messages
      const readyMs = []
      for (let start = 0; start < 3; start++) {
        if (start > 0) await program.stop()
        readyMs.push(await program.start({ within: 120_000 }))
      }
      const { history, search } = await ask(program.url, messages)
      await program.stop()
      points.push({ messages, storedMs, readyMs: median(readyMs), history, search })
      say(`${messages} stored: ${JSON.stringify(points.at(-1))}`)
    }
    return points
  } finally {
    await program.remove()
  }
}

/** Nothing of what was there before may be played into it. */
function replace(file, by) {
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  copyFileSync(by, file)
}

async function fill(data, from, to) {
  const { openStore } = await import('../../dist/store/open.js')
  const store = await openStore({ url: '', data })
  const begun = performance.now()
  try {
    const lobby = await store.rooms.byName('lobby')
    const user = { id: 1, name: 'Ada', imageid: '0', kind: 'person' }
    for (let start = from; start < to; start += BATCH) {
      const drafts = Array.from({ length: Math.min(BATCH, to - start) }, (_, i) => {
        const data = `${lines[(start + i) % lines.length].text} (${start + i})`
        const cid = `seed-${start + i}-0000`
        return { roomId: lobby.id, type: 'chat', user, cid, data, received: data }
      })
      await store.append(drafts, Date.now())
    }
  } finally {
    await store.close()
  }
  return performance.now() - begun
}

async function ask(url, messages) {
  const [history, search] = [[], []]
  const words = lines.flatMap(({ text }) => text.match(/[a-z]{4,}/gi) ?? [])
  // A person may read 200 times in one go; the first fifty are not counted: code is still being translated.
  for (let person = 0; person < 3; person++) {
    const client = await connect(url, `reader${messages}-${person}`)
    for (let i = 0; i < ASKED / 2; i++) {
      const before = 1 + Math.floor(Math.random() * messages)
      const page = await client.timed({ type: 'history', room: 'lobby', limit: 50, before })
      const q = words[Math.floor(Math.random() * words.length)]
      const found = await client.timed({ type: 'search', q, limit: 20 })
      if (person > 0) {
        history.push(page)
        search.push(found)
      }
    }
    client.close()
  }
  return { history: summary(history), search: summary(search) }
}

const p99 = (point) => point.p99Ms

/** The columns of a table: its head, whose points if several take part, what of them, and how many digits behind the point. */
const ofClients = [
  ['ours', 'ours', (point) => point.perCpuSecond / 1e3],
  ['uWS', 'uWS', (point) => point.perCpuSecond / 1e3],
  ['ours p99', 'ours', p99, 1],
  ['uWS p99', 'uWS', p99, 1],
  ['ours KiB', 'ours', (point) => point.perConnectionKib, 1],
  ['uWS KiB', 'uWS', (point) => point.perConnectionKib, 1],
  ['in, s', 'ours', (point) => point.connectS, 2],
]
const ofRooms = [
  ['ours', 'ours', (point) => point.busy * 100, 1],
  ['naive', 'naive', (point) => point.busy * 100, 1],
  ['ours p99', 'ours', p99, 1],
  ['its p99', 'naive', p99, 1],
]
const ofStored = [
  ['ready', undefined, ({ readyMs }) => readyMs],
  ['page p50', undefined, ({ history }) => history.p50, 1],
  ['page p99', undefined, ({ history }) => history.p99, 1],
  ['find p50', undefined, ({ search }) => search.p50, 1],
  ['find p99', undefined, ({ search }) => search.p99, 1],
]

/** @returns {string} */
export function growthTable({ rate, clients, rooms, stored }) {
  return [
    `one room, ${rate} messages/s; thousands of deliveries per CPU-second, latency p99 in ms, KiB a connection`,
    ...medians(clients, 'clients', ofClients),
    '',
    `1000 clients, ${rate} messages/s in all rooms together; CPU of the server in % of a core, latency p99 in ms`,
    ...medians(rooms, 'rooms', ofRooms),
    '',
    'one room; ms',
    ...medians(stored, 'messages', ofStored),
  ].join('\n')
}

/** A line for each value of `key` among the points, under a head. */
function medians(points, key, columns) {
  const values = [...new Set(points.map((point) => point[key]))]
  const line = (value) => [
    cell(value),
    ...columns.map(([, target, read, digits]) => {
      const own = points.filter((point) => point[key] === value && point.target === target)
      return cell(median(own.map(read)), digits)
    }),
  ]
  return [
    heads(key, ...columns.map(([head]) => head)),
    ...values.map((value) => line(value).join('')),
  ]
}

const heads = (...names) => names.map((name) => name.padStart(9)).join('')
const cell = (number, digits = 0) => number.toFixed(digits).padStart(9)
