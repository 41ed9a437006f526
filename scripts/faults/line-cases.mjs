import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { until } from './talk.mjs'

/** A second is what looking takes. */
const HALF_OPEN_MS = 36_000
/** Ten seconds for headers; a thousand connections take some to be opened. */
const SLOW_REQUEST_MS = 20_000
/** 64 kbit/s in all, and a queue so short that it drops packets. */
const NARROW = 'qdisc add dev lo root tbf rate 64kbit burst 2000 limit 4000'

/** Faults of the lines to the server. What a case is: machine.mjs. */
export const lineCases = {
  'lines cut after 1, 2, 3 … bytes': {
    id: 'F28',
    async does({ proxy }) {
      const upTo = 2_000
      for (let bytes = 1; bytes <= upTo; bytes += bytes < 400 ? 3 : 20) {
        proxy.cutAfter(bytes)
        proxy.cutAll()
        await wait(60)
      }
      proxy.cutAfter(Infinity)
      proxy.cutAll()
      return `up to ${upTo} bytes`
    },
  },
  'lines of 64 kbit/s that lose packets': {
    id: 'F28',
    own: 'network',
    people: 4,
    rate: 4,
    async does() {
      tc('qdisc show') // throws where there is no such program
      spawnSync('ip', ['link', 'set', 'lo', 'mtu', '1500'])
      tc(NARROW)
      await wait(20_000)
      const [, sent, dropped] = /Sent \d+ bytes (\d+) pkt \(dropped (\d+)/.exec(
        tc('-s qdisc show dev lo'),
      )
      tc('qdisc del dev lo root')
      if (dropped === '0') throw new Error('no packet was lost')
      return `${dropped} packets lost, ${sent} came`
    },
  },
  'half-open lines': {
    id: 'F27',
    drops: false, // whose line breaks leaves before its time
    async does({ program, proxy, people }) {
      const begun = performance.now()
      proxy.silence(true)
      // The reader's line does not lead through there.
      const gone = async () => (await connections(program)) <= 1
      while (!(await gone()) && performance.now() - begun < 60_000) await wait(100)
      const dropped = performance.now() - begun
      await until(() => people.every(({ here }) => !here), 'clients leave by themselves', 45_000)
      const left = performance.now() - begun
      proxy.silence(false)
      proxy.cutAll()
      const told = `dropped after ${seconds(dropped)}, clients left after ${seconds(left)}`
      if (dropped > HALF_OPEN_MS) throw new Error(told)
      return told
    },
  },
  '1,000 slow requests (slowloris)': {
    id: 'F25',
    async does({ program }) {
      const sockets = Array.from({ length: 1_000 }, () => slowRequest(program.port))
      const begun = performance.now()
      await Promise.all(sockets)
      const last = performance.now() - begun
      if (last > SLOW_REQUEST_MS) throw new Error(`the last was cut after ${seconds(last)}`)
      return `the last cut after ${seconds(last)}`
    },
  },
  'five of ten read nothing': {
    id: 'F26',
    drops: false, // a line that breaks would wake its person up
    async does({ program, people }) {
      const [awake, asleep] = [people.slice(0, 5), people.slice(5)]
      for (const person of asleep) person.sleep()
      const begun = performance.now()
      const here = await connections(program)
      let said = 0
      while ((await connections(program)) > here - asleep.length) {
        for (let n = 0; n < 50; n++) awake[n % 5].says(`${(said += 1)}`.padEnd(4_000, '.'))
        if (performance.now() - begun > 60_000) throw new Error('slow readers are still there')
        await wait(100)
      }
      const cut = seconds(performance.now() - begun)
      for (const person of asleep) person.wakeUp()
      return `cut after ${cut} and ${said} long lines; they came back`
    },
  },
}

function tc(line) {
  const { status, stdout, stderr, error } = spawnSync('tc', line.split(' '), { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tc: ${stderr || error?.message}`)
  return stdout
}

async function connections({ url }) {
  const text = await (await fetch(`${url}/metrics`)).text()
  const counts = [...text.matchAll(/^chat_room_connections\{.*\} (\d+)$/gm)]
  if (counts.length === 0) throw new Error('/metrics tells no connections')
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}

const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`

/** A byte a second, until it is cut. */
async function slowRequest(port) {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => {}) // 'close' follows
  const closed = once(socket, 'close')
  socket.write('GET / HTTP/1.1\r\nx-slow: ')
  const timer = setInterval(() => socket.write('x'), 1_000)
  socket.resume()
  await closed
  clearInterval(timer)
}
