import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Program } from '../program.mjs'
import { check } from './checker.mjs'
import { Client } from './client.mjs'
import { openProxy } from './proxy.mjs'
import { integrityOf, LOST_WITHIN_MS, Talk, until } from './talk.mjs'

const source = fileURLToPath(new URL('./shim.c', import.meta.url))

/**
 * Faults of a machine and of its network while people talk: `does` brings one about and says in words what came of it.
 * `shim`: it needs a library that stands before libc. `drops: false`: no line breaks by itself, so that no
 * refusal is lost on the way: the order of what was put off is free. It throws if what must come of it does not.
 */
const cases = {
  'SIGTERM, and a start': {
    async does({ program }) {
      const code = await program.stop()
      if (code !== 0) throw new Error(`it ended with ${code}`)
      return `exit 0, ready after ${Math.round(await program.start({ within: 60_000 }))} ms`
    },
  },
  'stopped for 15 s (SIGSTOP)': {
    async does({ program }) {
      process.kill(program.pid, 'SIGSTOP')
      await wait(15_000)
      process.kill(program.pid, 'SIGCONT')
      return 'went on'
    },
  },
  'disk full for 3 s': { shim: true, drops: false, does: (world) => refusesLines(world, 'full') },
  'read-only disk for 3 s': {
    shim: true,
    drops: false,
    does: (world) => refusesLines(world, 'readonly'),
  },
  'fsync fails (EIO)': {
    shim: true,
    async does({ program, fault }) {
      const heal = await fault('fsync')
      const code = await program.ended(20_000)
      if (code !== 1) throw new Error(`it ended with ${code}`)
      await heal()
      return `exit 1, ready after ${Math.round(await program.start({ within: 60_000 }))} ms`
    },
  },
  'clock a day ahead, a day behind, 10 s back': {
    shim: true,
    async does({ fault }) {
      for (const seconds of [86_400, -86_400, -10]) {
        await fault('clock', `${seconds}`)
        await wait(1_000)
      }
      return 'order by number as ever'
    },
  },
  'lines cut after 1, 2, 3 … bytes': {
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
  'half-open lines for 45 s': {
    async does({ program, proxy }) {
      proxy.silence(true)
      await wait(45_000) // a ping each 25 s, 10 s to answer, 5 s to close
      const left = await connections(program)
      proxy.silence(false)
      proxy.cutAll()
      if (left > 0) throw new Error(`the server still has ${left} connections`)
      return 'all dropped by the server'
    },
  },
  '300 slow requests (slowloris)': {
    async does({ program }) {
      const sockets = Array.from({ length: 300 }, () => slowRequest(program.port))
      const begun = performance.now()
      await Promise.all(sockets)
      return `the last cut after ${Math.round((performance.now() - begun) / 1_000)} s`
    },
  },
  'all come back at once': {
    people: 400,
    async does({ proxy, people }) {
      const begun = performance.now()
      proxy.cutAll()
      await until(() => people.every(({ here }) => !here), 'all are cut')
      await until(() => people.every(({ here }) => here), 'all are back', 60_000)
      return `${people.length} within ${Math.round(performance.now() - begun)} ms`
    },
  },
}

/**
 * @param {{ only: string }} options Part of a name.
 * @returns {AsyncGenerator<{ name: string, outcome: string, kept: boolean | undefined }>} `kept` undefined: not run.
 */
export async function* machineRun({ only }) {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-faults-'))
  try {
    const shim = join(folder, 'shim.so')
    const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl'])
    for (const [name, one] of Object.entries(cases)) {
      if (!name.includes(only)) continue
      if (one.shim && built.status !== 0) {
        yield { name, outcome: 'not run: no C compiler', kept: undefined }
        continue
      }
      yield { name, ...(await run(one, folder, shim)) }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function run({ does, shim: wanted, people: count = 10, drops }, folder, shim) {
  const steps = []
  const people = []
  const readers = []
  const env = wanted ? { FAULTS: folder, LD_PRELOAD: shim } : {}
  const program = await Program.prepare({ env })
  const talk = new Talk(people, 100, { drops })
  let proxy
  try {
    await program.start({ within: 60_000 })
    proxy = await openProxy(program.port)
    for (let n = 0; n < count; n++) {
      const record = (step) => steps.push(step)
      people.push(await Client.signIn(program.url, `client ${n}`, record, proxy.url))
    }
    const reader = await Client.signIn(program.url, 'reader', (step) => steps.push(step))
    readers.push(reader)
    await until(() => [...people, reader].every(({ here }) => here), 'everybody is in the room')
    talk.begin()
    await wait(500)
    const fault = async (name, text = '') => {
      await writeFile(join(folder, name), text)
      return () => rm(join(folder, name))
    }
    const outcome = await does({ program, proxy, people, reader, steps, fault })
    await wait(500)
    talk.end()
    await wait(2 * LOST_WITHIN_MS)
    await until(
      () => people.every((one) => one.here && one.outbox.size === 0),
      'all is acked',
      60_000,
    )
    await until(() => reader.here, 'the reader is back')
    const log = await reader.wholeLog()
    const head = log.at(-1)?.seq ?? 0
    await until(
      () => [...people, reader].every(({ place }) => place.at >= head),
      'all heard all',
    ).catch(() => {})
    for (const person of [...people, reader]) person.recordPlace()
    const violations = check({ steps, log: { lobby: log } })
    for (const { rule, sentence } of violations.slice(0, 5))
      process.stderr.write(`${rule}: ${sentence}\n`)
    for (const person of [...people, reader]) await person.close()
    await program.stop()
    const integrity = integrityOf(program.database)
    const told = `${outcome}; ${log.length} lines, ${violations.length} violations, file ${integrity}`
    return { outcome: told, kept: violations.length === 0 && integrity === 'ok' }
  } catch (error) {
    return { outcome: `${error.message}`, kept: false }
  } finally {
    talk.end()
    for (const person of [...people, ...readers]) await person.close()
    await proxy?.close()
    await program.remove()
    for (const name of ['full', 'readonly', 'fsync', 'clock'])
      await rm(join(folder, name), { force: true })
  }
}

/** Lines are put off, reading goes on, and when the disk is well again nothing has to be restarted. */
async function refusesLines({ reader, steps, fault }, name) {
  const heal = await fault(name)
  const before = steps.length
  await wait(1_500)
  const head = (await reader.wholeLog()).length
  await wait(1_500)
  const putOff = steps.slice(before).filter(({ step }) => step === 'retry').length
  await heal()
  if (putOff === 0) throw new Error('no line was put off')
  return `${putOff} times put off, ${head} lines read meanwhile`
}

async function connections({ url }) {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^chat_room_connections (\d+)/m.exec(text)?.[1])
}

/** A byte a second, until it is cut. */
async function slowRequest(port) {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write('GET / HTTP/1.1\r\nx-slow: ')
  const timer = setInterval(() => socket.write('x'), 1_000)
  socket.resume()
  await once(socket, 'close')
  clearInterval(timer)
}
