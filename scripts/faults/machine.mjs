import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Program } from '../program.mjs'
import { check } from './checker.mjs'
import { Client } from './client.mjs'
import { diskCases } from './disk-cases.mjs'
import { lineCases } from './line-cases.mjs'
import { processCases } from './process-cases.mjs'
import { openProxy } from './proxy.mjs'
import { integrityOf, LOST_WITHIN_MS, Talk, until } from './talk.mjs'

const source = fileURLToPath(new URL('./shim.c', import.meta.url))
const ownNetwork = fileURLToPath(new URL('./own-network.mjs', import.meta.url))
/** What is kept counts; a busy machine may take its time. */
const PATIENCE_MS = 120_000

/**
 * Faults of a machine and of its network while people talk: `does` brings one about and says in words what came of it.
 * `shim`: it needs a library that stands before libc; `own`: network or mounts of its own. `drops: false`: no line
 * breaks by itself, so that no refusal is lost on the way: the order of what was put off is free. It throws if what must
 * come of it does not.
 */
const cases = { ...processCases, ...diskCases, ...lineCases }

/**
 * @param {{ only?: string }} options Part of a name.
 * @returns {AsyncGenerator<{ id: string, name: string, outcome: string, kept: boolean | undefined }>} `kept`
 *   undefined: not run.
 */
export async function* machineRun({ only = '' }) {
  for (const [name, one] of Object.entries(cases)) {
    if (!name.includes(only)) continue
    const outcome = one.own === 'network' ? inOwnNetwork(name) : await runCase(name)
    yield { id: one.id, name, ...outcome }
  }
}

/** What came of the case of this name. */
export async function runCase(name) {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-faults-'))
  try {
    const { [name]: one } = cases
    const shim = join(folder, 'shim.so')
    if (one.own === 'mounts' && !may('-m')) return notRun('no right to mount')
    if (
      one.shim &&
      spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl']).status !== 0
    )
      return notRun('no C compiler')
    return await run(one, folder, shim)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function inOwnNetwork(name) {
  if (!may('-n') || spawnSync('tc', ['-V']).status !== 0)
    return notRun('no right to a network of its own, or no `tc`')
  const up = 'ip link set lo up && exec "$0" "$@"'
  const args = ['-n', 'sh', '-c', up, process.execPath, ownNetwork, name]
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' })
  const last = stdout.trim().split('\n').at(-1)
  return last ? JSON.parse(last) : { outcome: stderr.trim(), kept: false }
}

const may = (what) => spawnSync('unshare', [what, 'true']).status === 0
const notRun = (why) => ({ outcome: `not run: ${why}`, kept: undefined })

async function run({ does, shim: wanted, people: count = 10, rate = 100, drops }, folder, shim) {
  const steps = []
  const people = []
  const readers = []
  const env = wanted ? { FAULTS: folder, LD_PRELOAD: shim } : {}
  const program = await Program.prepare({ env })
  const talk = new Talk(people, rate, { drops })
  let proxy
  try {
    await program.start({ within: PATIENCE_MS })
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
      PATIENCE_MS,
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
  }
}
