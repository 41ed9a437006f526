import { once } from 'node:events'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'

/**
 * Somebody with a v1 connection, in a room.
 * @param {string} url @param {string} name
 * @param {{ cookie?: string, room?: string }} [options] `cookie`: of a session that is there already.
 */
export async function connect(url, name, options = {}) {
  const { room = 'lobby' } = options
  const cookie = options.cookie ?? (await signIn(url, name)).cookie
  const begun = performance.now()
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  const waiting = new Map()
  const greeted = once(ws, 'message').then(() => performance.now() - begun)
  let heard = 0
  ws.on('message', (text) => {
    const frame = JSON.parse(text)
    if (frame.type === 'chat') heard++
    waiting.get(frame.cid)?.(frame)
    waiting.delete(frame.cid)
  })
  await once(ws, 'open')
  let asked = 0
  const ask = (frame) => {
    const cid = `${name}-${++asked}-0000`
    const answer = new Promise((resolve) => waiting.set(cid, resolve))
    ws.send(JSON.stringify({ ...frame, cid }))
    return answer
  }
  const helloMs = await greeted
  await ask({ type: 'join', room })
  return {
    /** From asking for the connection until its `hello`. */
    helloMs,
    /** How many lines it was told so far, of its rooms. */
    heard: () => heard,
    /** @returns {Promise<number>} milliseconds from a request to its answer. */
    async timed(frame, look = () => {}) {
      const start = performance.now()
      const answer = await ask(frame)
      const took = performance.now() - start
      if (answer.type === 'nack') throw new Error(`${frame.q ?? frame.type}: ${answer.data}`)
      look(answer)
      return took
    },
    close: () => ws.terminate(),
  }
}

/** @param {number[]} times in milliseconds. */
export function summary(times) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) }
}
