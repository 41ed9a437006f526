import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Program } from '../program.mjs'
import { connect, summary } from './asker.mjs'
import { cpuSeconds } from './cpu.mjs'
import { median, ratio } from './figures.mjs'
import { rotated } from './run.mjs'
import { keepToLoadCore, SERVER_CORE } from './setup.mjs'

const PEOPLE = 100
const LINES = 50

/**
 * What a delivery costs over TLS, and without: the same people in one room, in turn with either server.
 * @param {{ rounds: number, seconds: number }} options
 * @param {(line: string) => void} say
 */
export async function measureTls({ rounds, seconds }, say) {
  keepToLoadCore()
  // The certificate is made here and signed by nobody.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-tls-'))
  const programs = []
  try {
    programs.push({ name: 'plain', program: await Program.prepare({ cpu: SERVER_CORE }) })
    const tls = certificate(folder)
    programs.push({ name: 'TLS', program: await Program.prepare({ cpu: SERVER_CORE, tls }) })
    const talks = []
    for (let round = 0; round < rounds; round++) {
      for (const { name, program } of rotated(programs, round)) {
        await program.start({ within: 60_000 })
        const talk = await measureTalk(program, { round, seconds })
        talks.push({ name, round, ...talk })
        say(`round ${round + 1}: ${name}: ${talk.perDeliveryUs.toFixed(1)} µs a delivery`)
        await program.stop()
      }
    }
    return { rounds, seconds, talks }
  } finally {
    for (const { program } of programs) await program.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns {string} */
export function tlsTable({ rounds, seconds, talks }) {
  const of = (name, read) => talks.filter((talk) => talk.name === name).map(read)
  const row = (title, read, digits) => {
    const [tls, plain] = [of('TLS', read), of('plain', read)]
    const cells = [plain, tls].map((numbers) => median(numbers).toFixed(digits).padStart(8))
    return `${title.padEnd(36)}${cells.join('')}  ${ratio(tls, plain)}`
  }
  return [
    `${PEOPLE} people in one room, ${LINES} lines/s; ${rounds} pairs of ${seconds} s`,
    `${''.padEnd(36)}   plain     TLS  TLS/plain`,
    row('CPU of a delivery, µs', ({ perDeliveryUs: n }) => n, 1),
    row('CPU of a person coming in, ms', ({ perComingMs: n }) => n, 2),
    row('memory of a connection, KiB', ({ perConnectionKib: n }) => n, 1),
    row('acknowledgement p50, ms', ({ acks }) => acks.p50, 1),
  ].join('\n')
}

function certificate(folder) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['-keyout', key, '-out', cert, '-subj', '/CN=127.0.0.1', '-days', '1', '-nodes']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  execFileSync('openssl', ['req', ...kind, ...made], { stdio: 'ignore' })
  return { key, cert }
}

async function measureTalk(program, { round, seconds }) {
  await wait(1_000)
  const [cpuAtFirst, rss] = [cpuSeconds(program.pid), await program.residentMib()]
  const people = []
  for (let i = 0; i < PEOPLE; i++) people.push(await connect(program.url, `person${round}-${i}`))
  await wait(1_500) // comings are told
  const coming = cpuSeconds(program.pid) - cpuAtFirst
  const grown = (await program.residentMib()) - rss
  const heard = () => people.reduce((sum, person) => sum + person.heard(), 0)
  const [cpu, before] = [cpuSeconds(program.pid), heard()]
  const acks = []
  const asked = []
  for (let i = 0; i < LINES * seconds; i++) {
    const frame = { type: 'chat', room: 'lobby', data: `line ${i} of a talk that goes on and on` }
    asked.push(people[i % PEOPLE].timed(frame).then((ms) => acks.push(ms)))
    await wait(1_000 / LINES)
  }
  await Promise.all(asked)
  await wait(300)
  const talking = cpuSeconds(program.pid) - cpu
  const told = heard() - before
  for (const { close } of people) close()
  return {
    perDeliveryUs: (talking / told) * 1e6,
    perComingMs: (coming / PEOPLE) * 1e3,
    perConnectionKib: (grown / PEOPLE) * 1024,
    acks: summary(acks),
  }
}
