// The least that is left of this server without all that it is for: koa-websocket, JSON in and out, a thread that commits
// the lines of a flush to SQLite as rows with nothing to them but a number, one flush every 25 ms in one call, and
// acknowledgements. No session, no room, no step, nothing to find a line by, nobody who reads slowly.
// `node bare.mjs PORT FOLDER`
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import Koa from 'koa'
import websockify from 'koa-websocket'
import { textFrame } from '../../../dist/chat/wire.js'
import { native } from '../../../dist/chat/write-many.js'
import { openDatabase } from '../../../dist/store/sqlite/driver.js'
import { chat, host, newUser, port } from './envelope.mjs'

const FLUSH_MS = 25
/** So long before a flush its lines go to the thread. */
const COMMIT_MS = 2
const WRITES_PER_TURN = 500

const folder = process.argv[3] ?? '.'
if (isMainThread) serve()
else keep()

/** As durable as ours: on disk when it answers. */
function keep() {
  const db = openDatabase(join(folder, 'bare.db'))
  db.exec('pragma journal_mode = WAL')
  db.exec('pragma synchronous = FULL')
  db.exec('create table if not exists lines (seq integer primary key, user, cid, data)')
  const insert = db.prepare('insert into lines (user, cid, data) values (?, ?, ?)')
  parentPort?.on('message', (/** @type {[number, string, string][]} */ lines) => {
    db.exec('begin immediate')
    for (const line of lines) insert.run(...line)
    db.exec('commit')
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(lines.length)
  })
}

function serve() {
  const { writeMany } = native
  if (!writeMany) throw new Error('the native helper was not compiled')
  const thread = new Worker(new URL(import.meta.url), { argv: [port, folder] })
  /** @type {number[]} */
  let descriptors = []
  /** @type {{ socket: import('node:net').Socket, user: ReturnType<typeof newUser>, cid: string, data: string }[]} */
  let waiting = []
  let due = false
  let flushed = 0

  const app = websockify(new Koa(), { perMessageDeflate: false })
  app.ws.use(({ req, websocket }) => {
    const { socket } = req
    const user = newUser()
    // oxlint-disable-next-line no-underscore-dangle -- as in src/chat/write-many.ts
    const descriptor = socket._handle.fd
    descriptors.push(descriptor)
    websocket.on('close', () => {
      descriptors = descriptors.filter((one) => one !== descriptor)
    })
    websocket.on('message', (/** @type {Buffer} */ text) => {
      const { cid, data } = JSON.parse(text.toString())
      waiting.push({ socket, user, cid, data })
      if (!due) commitInTime()
    })
  })
  app.listen(port, host)

  function commitInTime() {
    due = true
    const wait = flushed + FLUSH_MS - COMMIT_MS - performance.now()
    setTimeout(commit, Math.max(0, wait))
  }

  function commit() {
    const lines = waiting
    waiting = []
    thread.once('message', () => void flush(lines))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- as above
    thread.postMessage(lines.map(({ user, cid, data }) => [user.id, cid, data]))
  }

  /** @param {typeof waiting} lines */
  async function flush(lines) {
    flushed = performance.now()
    const all = Buffer.concat(lines.map(({ user, data }) => textFrame(chat(user, data))))
    for (let from = 0; from < descriptors.length; from += WRITES_PER_TURN) {
      const some = Int32Array.from(descriptors.slice(from, from + WRITES_PER_TURN))
      writeMany(some, some.length, all)
      if (some.some((taken) => taken >= 0 && taken < all.length))
        throw new Error('not all was taken')
      await turn()
    }
    /** @type {Map<import('node:net').Socket, Buffer[]>} */
    const acks = new Map()
    for (const { socket, cid } of lines) {
      const ack = textFrame(JSON.stringify({ type: 'ack', cid }))
      acks.set(socket, [...(acks.get(socket) ?? []), ack])
    }
    for (const [socket, frames] of acks) socket.write(Buffer.concat(frames))
    due = false
    if (waiting.length > 0) commitInTime()
  }
}
