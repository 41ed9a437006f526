import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Program, signIn } from '../program.mjs'
import { lines } from '../seed-world-lines.mjs'
import { connect, summary } from './asker.mjs'
import { cpuSeconds } from './cpu.mjs'
import { keepToLoadCore, SERVER_CORE } from './setup.mjs'

const ROOMS = Array.from({ length: 100 }, (_, index) => `room-${index}`)
/** In each room, for the talk. */
const CLIENTS = 10
/** Who belongs to all rooms, has not read everywhere, and comes in once: nothing of theirs is in memory. */
const READERS = 30
const PAGES = 50
const BATCH = 500

/**
 * What a hundred rooms cost: the `hello` of somebody who is in all of them, pages of their past, and the talk of a
 * thousand people, ten in each.
 * @param {{ messages: number, rate: number, seconds: number }} options `messages`: stored before, in all rooms
 * together; `rate`: lines a second in all rooms together.
 * @param {(line: string) => void} say
 */
export async function measureRooms({ messages, rate, seconds }, say) {
  keepToLoadCore()
  const program = await Program.prepare({ cpu: SERVER_CORE, rooms: ROOMS })
  try {
    await program.start()
    say('signing in')
    const readers = await signInAll(program.url, 'reader', READERS)
    const talkers = await signInAll(program.url, 'talker', ROOMS.length * CLIENTS)
    await program.stop()
    say(`storing ${messages} messages in ${ROOMS.length} rooms`)
    await fill(dirname(program.database), messages, readers, talkers)
    await program.start({ within: 60_000 })

    const hello = await measureHello(program.url, readers)
    say(`hello: p50 ${hello.first.p50.toFixed(2)} ms`)
    const history = await measureHistory(program.url, readers, Math.floor(messages / ROOMS.length))
    say(`history: p99 ${history.p99.toFixed(2)} ms`)
    const talk = await measureTalk(program, talkers, { rate, seconds })
    return { messages, rate, seconds, hello, history, talk }
  } finally {
    await program.remove()
  }
}

/** @returns {string} what, p50, p99, longest, in milliseconds; then the talk. */
export function roomsTable({ messages, rate, seconds, hello, history, talk }) {
  const ms = ({ p50, p99, max }) => [p50, p99, max].map((n) => n.toFixed(2).padStart(7)).join('  ')
  const rows = [
    [
      `${ROOMS.length} rooms, ${messages} messages; ms`,
      ['p50', 'p99', 'max'].map((h) => h.padStart(7)).join('  '),
    ],
    ['hello of who is in all of them, first connection', ms(hello.first)],
    ['hello, second connection', ms(hello.second)],
    ['a page of history, 50 lines', ms(history)],
    [`ack, ${ROOMS.length} rooms with ${CLIENTS} clients each, ${rate} lines/s`, ms(talk.acks)],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    ...rows.map(([name, cells]) => `${name.padEnd(width)}  ${cells}`),
    '',
    `in those ${seconds} s the server took ${talk.cpu.toFixed(1)} % of a core, ${talk.perCpuSecond} deliveries per CPU-second; ${talk.heard} of ${talk.due} deliveries came`,
  ].join('\n')
}

async function signInAll(url, name, count) {
  const all = []
  for (let i = 0; i < count; i++)
    all.push({ name: `${name}${i}`, ...(await signIn(url, `${name}${i}`)) })
  return all
}

/** Talk in all rooms, of the ten who talk there, and readers who belong to all of them: each stopped reading somewhere else. */
async function fill(data, messages, readers, talkers) {
  const { openStore } = await import('../../dist/store/open.js')
  const store = await openStore({ url: '', data })
  try {
    const rows = []
    for (const name of ROOMS) rows.push(await store.rooms.byName(name))
    for (let start = 0; start < messages; start += BATCH) {
      const count = Math.min(BATCH, messages - start)
      const drafts = Array.from({ length: count }, (_, i) => draft(start + i, rows, talkers))
      await store.append(drafts, Date.now())
    }
    const most = Math.floor(messages / ROOMS.length)
    const people = readers.flatMap((reader, index) =>
      rows.map(({ id }, room) => ({
        userId: reader.user.id,
        roomId: id,
        at: Date.now(),
        read: Math.floor((most * ((index + room) % 10)) / 10),
      })),
    )
    await store.people.put(people, 'in')
  } finally {
    await store.close()
  }
}

function draft(index, rows, talkers) {
  const { text } = lines[index % lines.length]
  const data = `${text} (${index})`
  const room = rows[index % rows.length]
  const { user } = talkers[index % talkers.length]
  return { roomId: room.id, type: 'chat', user, cid: `seed-${index}-0000`, data, received: data }
}

async function measureHello(url, readers) {
  const first = []
  const second = []
  for (const { name, cookie } of readers) {
    const one = await connect(url, name, { cookie })
    const another = await connect(url, `${name}-again`, { cookie })
    first.push(one.helloMs)
    second.push(another.helloMs)
    one.close()
    another.close()
  }
  return { first: summary(first), second: summary(second) }
}

async function measureHistory(url, readers, most) {
  const times = []
  for (const [index, { name, cookie }] of readers.slice(0, 10).entries()) {
    const room = ROOMS[index]
    const client = await connect(url, `${name}-reads`, { cookie, room })
    for (let i = 0; i < PAGES; i++) {
      const before = 1 + Math.floor(Math.random() * most)
      times.push(await client.timed({ type: 'history', room, before, limit: 50 }))
    }
    client.close()
  }
  return summary(times)
}

/** Everybody sits in one room; each room has its turn to say a line. */
async function measureTalk(program, talkers, { rate, seconds }) {
  const clients = []
  for (const [index, { name, cookie }] of talkers.entries()) {
    const room = ROOMS[index % ROOMS.length]
    clients.push({ room, ...(await connect(program.url, name, { cookie, room })) })
  }
  await wait(2_000) // comings are told
  const before = { cpu: cpuSeconds(program.pid), heard: heardBy(clients) }
  const acks = []
  const asked = []
  const begun = performance.now()
  for (let i = 0; i < rate * seconds; i++) {
    const client = clients[i % clients.length]
    asked.push(
      client
        .timed({ type: 'chat', room: client.room, data: `line ${i}` })
        .then((ms) => acks.push(ms)),
    )
    const due = begun + ((i + 1) * 1_000) / rate
    if (due > performance.now()) await wait(due - performance.now())
  }
  const took = (performance.now() - begun) / 1_000
  await Promise.all(asked)
  const cpu = cpuSeconds(program.pid) - before.cpu
  await wait(500)
  const heard = heardBy(clients) - before.heard
  for (const { close } of clients) close()
  const due = rate * seconds * CLIENTS
  const perCpuSecond = Math.round(heard / cpu)
  return { acks: summary(acks), cpu: (cpu / took) * 100, perCpuSecond, heard, due }
}

const heardBy = (clients) => clients.reduce((sum, { heard }) => sum + heard(), 0)
