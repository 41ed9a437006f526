import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, Program, signIn } from '../program.mjs'
import { SERVER_CORE, wall as wallProgram } from './setup.mjs'

/**
 * What is measured: each target starts and stops, and says how the generator talks to it.
 * @typedef {object} Target
 * @property {string} name
 * @property {() => Promise<void>} start
 * @property {() => Promise<unknown>} stop
 * @property {() => Promise<unknown>} remove
 * @property {number} pid
 * @property {string} url
 * @property {(load: number) => Record<string, string>} flags For the generator; `load` numbers the loads of
 * a run.
 */

const SIGN_INS_AT_ONCE = 50

/**
 * Ours, as it is used: sessions, durability, history; only the limits are off.
 * @param {{ clients: number, loads: number, rooms?: number, metered?: boolean }} options `loads`: each has so many
 * `rooms` of its own, over which the clients are spread, since the last lines of another one would be counted as its
 * own; `metered`: it can tell its memory.
 */
export async function ours({ clients, loads, rooms = 1, metered = false }) {
  const names = Array.from({ length: loads * rooms }, (_, index) =>
    nameOf(Math.floor(index / rooms), `${index % rooms}`.padStart(6, '0')),
  )
  const program = await Program.prepare({ cpu: SERVER_CORE, rooms: names, metered })
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-bench-'))
  const [cookies, begun] = [join(folder, 'cookies'), join(folder, 'begun.db')]
  const remove = async () => {
    await program.remove()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await program.start({ within: 60_000 })
    await writeFile(cookies, (await signInAll(program.url, clients)).join('\n'), { mode: 0o600 })
    await program.stop()
    await copyFile(program.database, begun)
  } catch (error) {
    await remove()
    throw error
  }

  return {
    name: 'ours',
    get pid() {
      return program.pid
    },
    start: () => program.start({ within: 60_000 }),
    /** Whoever came in belongs to one room more: each start is to find the store as it was when all had signed in. */
    async stop() {
      await program.stop()
      await copyFile(begun, program.database)
    },
    remove,
    program,
    url: `ws://127.0.0.1:${program.port}/chat`,
    flags(load) {
      const room = nameOf(load, '{room}')
      return {
        subprotocol: 'chat-room.v1',
        'cookie-file': cookies,
        'open-text': `{"type":"join","cid":"join-{i}-${load}-0000","room":"${room}"}`,
        'skip-prefix': '{"type":"ack"',
        'refused-prefix': '{"type":"nack"',
        'ready-marker': '"type":"joined"',
        msg: `{"type":"chat","cid":"c${load}-{seq}","room":"${room}","data":"{ts} {pad}"}`,
      }
    },
  }
}

/** @param {number} load @param {string} room As the generator counts them, in six digits. */
const nameOf = (load, room) => `bench-${load}-${room}`

/** @param {{ rooms?: number }} [options] The clients' paths are rooms. */
export const naive = ({ rooms = 0 } = {}) =>
  peer('naive', script('naive.mjs'), { path: rooms > 0 ? '/{room}' : '/' })
export const uws = () => peer('uWS', script('uws.mjs'))
/** What is left of ours without all that it is for but its commits. */
export async function bare() {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-bare-'))
  const target = await peer('bare', script('bare.mjs'), {
    args: [folder],
    flags: {
      'skip-prefix': '{"type":"ack"',
      msg: '{"type":"chat","cid":"cid-{seq}","data":"{ts} {pad}"}',
    },
  })
  const remove = async () => {
    await target.stop()
    await rm(folder, { recursive: true })
  }
  return {
    ...target,
    remove,
    get pid() {
      return target.pid
    },
  }
}
/** The wall of those who write once a message and member. */
export const wall = () => peer('wall', [wallProgram])

/** It frames what it sends in its own way: a packet of Engine.IO around one of Socket.IO. */
export const socketIo = () =>
  peer('socket.io', script('socket-io.mjs'), {
    path: '/socket.io/?EIO=4&transport=websocket',
    flags: { 'open-text': '40', reply: '2=3', msg: '42["chat","{ts} {pad}"]' },
  })

const script = (file) => [
  process.execPath,
  fileURLToPath(new URL(`peers/${file}`, import.meta.url)),
]

async function peer(name, program, { path = '/', flags = {}, args = [] } = {}) {
  const port = await freePort()
  let child
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return {
    name,
    get pid() {
      return child?.pid
    },
    async start() {
      const command = ['-c', `${SERVER_CORE}`, ...program, `${port}`, ...args]
      child = spawn('taskset', command, { stdio: ['ignore', 'ignore', 'inherit'] })
      await listening(port)
    },
    stop,
    remove: stop,
    url: `ws://127.0.0.1:${port}${path}`,
    flags: () => flags,
  }
}

async function signInAll(url, clients) {
  const cookies = []
  const names = Array.from({ length: clients }, (_, i) => `guest ${i}`)
  const worker = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop())
      cookies.push((await signIn(url, name)).cookie)
  }
  await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, worker))
  return cookies
}

async function listening(port, within = 10_000) {
  const end = performance.now() + within
  while (!(await accepts(port))) {
    if (performance.now() > end) throw new Error(`nothing listens on ${port} after ${within} ms`)
    await wait(20)
  }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true) || socket.destroy())
    socket.once('error', () => resolve(false))
  })
}
