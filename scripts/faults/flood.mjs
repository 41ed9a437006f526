import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Program, signIn } from '../program.mjs'
import { at } from './bots.mjs'
import { until } from './talk.mjs'
import { Talkers } from './talkers.mjs'

/** An upgrade is answered within this time, or counted as silent. */
const PATIENCE_MS = 60_000
const RSS_MIB = 400
/** Who is refused and does not answer to that is cut after five seconds. */
const AWAY_MS = 10_000
/** Connections that one person may have, and so may stay. */
const STAY = 10

/**
 * So many connections are opened within ten seconds, from one address or from many, and kept open, while people talk;
 * half of them bring the cookie of one person. The server has its limits of the defaults.
 * @param {{ connections: number, addresses: number }} options
 */
export async function floodRun({ connections, addresses }) {
  const program = await Program.prepare({ limits: 'messages_per_minute = 0\nburst = 0' })
  const sockets = []
  try {
    await program.start({ within: 60_000 })
    const talkers = await Talkers.enter(program.url, 20)
    const { cookie } = await signIn(program.url, 'flood')
    const talk = talkers.talk({ rate: 50, seconds: 12 })
    let highest = 0
    const look = async () => (highest = Math.max(highest, Math.round(await program.residentMib())))
    const meter = setInterval(() => void look(), 250)
    const answers = []
    const begun = performance.now()
    for (let n = 0; n < connections; n++) {
      const due = (n / connections) * 10_000 - (performance.now() - begun)
      if (due > 0) await wait(due)
      const address = addresses === 1 ? '127.0.0.1' : `127.1.${n % addresses}.1`
      answers.push(attempt(program.port, address, n % 2 === 0 ? cookie : '', sockets))
    }
    const took = Math.round((performance.now() - begun) / 1_000)
    const statuses = count(await Promise.all(answers))
    const waits = await talk
    clearInterval(meter)
    const over = performance.now()
    const open = () => sockets.filter(({ destroyed }) => !destroyed).length
    await until(() => open() <= STAY, 'those of the flood are sent away').catch(() => {})
    const after = performance.now() - over
    const stay = open()
    talkers.close()
    const code = await program.stop()
    const told = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`)
    return {
      kept:
        talkers.lost === 0 &&
        after < AWAY_MS &&
        code === 0 &&
        highest < RSS_MIB &&
        !statuses['no answer'],
      outcome:
        `${connections} in ${took} s from ${addresses} address${addresses > 1 ? 'es' : ''}: ${told.join(', ')}; ` +
        `acks meanwhile p99 ${Math.round(at(waits, 0.99))} ms, ${talkers.lost} lost; RSS at most ${highest} MiB; ` +
        `${stay} of the flood there ${(after / 1_000).toFixed(1)} s after it; exit ${code}`,
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    await program.remove()
  }
}

/** @returns {Promise<string>} the status that it was answered with. */
function attempt(port, localAddress, cookie, sockets) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    sockets.push(socket)
    const end = setTimeout(() => resolve('no answer'), PATIENCE_MS)
    const answered = (status) => {
      clearTimeout(end)
      resolve(status)
    }
    socket.on('error', ({ code }) => answered(code))
    socket.on('close', () => answered('cut'))
    socket.on('data', (data) => answered(data.toString('latin1', 9, 12)))
    socket.write(
      `GET /chat HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: upgrade\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${'A'.repeat(22)}==\r\n` +
        `sec-websocket-protocol: chat-room.v1\r\ncookie: ${cookie}\r\n\r\n`,
    )
  })
}

function count(words) {
  const times = {}
  for (const word of words) times[word] = (times[word] ?? 0) + 1
  return times
}
