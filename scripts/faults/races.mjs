import { once } from 'node:events'
import { DatabaseSync } from '@photostructure/sqlite'
import { WebSocket } from 'ws'
import { Program, signIn } from '../program.mjs'

/** So many lines race at the same time. */
const AT_ONCE = 50

/**
 * The ack of a line was lost, its client came back by another connection and sends it again while the first copy is
 * still under way: both copies leave at once, by two connections of one person.
 * @param {{ times: number }} options
 */
export async function racesRun({ times }) {
  const program = await Program.prepare()
  try {
    await program.start({ within: 60_000 })
    const { cookie } = await signIn(program.url, 'Ada')
    const lines = [await enter(program.url, cookie), await enter(program.url, cookie)]
    let differ = 0
    let known = 0
    for (let first = 0; first < times; first += AT_ONCE) {
      const cids = Array.from({ length: AT_ONCE }, (_, n) => `race-${first + n}-00000000`)
      const answers = await Promise.all(cids.map((cid) => Promise.all(race(lines, cid))))
      for (const [one, other] of answers) {
        if (one.type !== 'ack' || other.type !== 'ack' || one.seq !== other.seq) differ++
        if (one.dup || other.dup) known++
      }
    }
    for (const { ws } of lines) ws.terminate()
    await program.stop()
    const rows = stored(program.database)
    return {
      kept: differ === 0 && known === times && rows === times,
      outcome: `${times} races: ${rows} rows, ${differ} answered in two ways, one of two told that it was known ${known} times`,
    }
  } finally {
    await program.remove()
  }
}

/** The later one may be the first to arrive. */
const race = (lines, cid) =>
  (Math.random() < 0.5 ? lines : lines.toReversed()).map((line) => line.says(cid))

async function enter(url, cookie) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  await once(ws, 'open')
  const waiting = new Map()
  ws.on('message', (/** @type {Buffer} */ data) => {
    const frame = JSON.parse(data.toString())
    if (frame.type === 'chat') return // what it hears has the cid as well
    waiting.get(frame.cid)?.(frame)
    waiting.delete(frame.cid)
  })
  const asks = (frame) =>
    new Promise((resolve) => {
      waiting.set(frame.cid, resolve)
      ws.send(JSON.stringify(frame))
    })
  await asks({ type: 'join', cid: 'join-00000000', room: 'lobby' })
  return { ws, says: (cid) => asks({ type: 'chat', cid, room: 'lobby', data: cid }) }
}

function stored(file) {
  const database = new DatabaseSync(file, { readOnly: true })
  const { rows } = database.prepare("select count(*) as rows from events where type = 'chat'").get()
  database.close()
  return rows
}
