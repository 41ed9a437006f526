import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { Program, signIn } from '../program.mjs'
import { SERVER_CORE } from './setup.mjs'

const CLIENTS = 20
const RATE = 200
const SECONDS = 5

/**
 * How long a sender waits for the durable acknowledgement: 20 people in the lobby say 200 lines a second.
 * @returns {Promise<{ p50: number, p99: number, acks: number }>} milliseconds, from send to ack.
 */
export async function measureAcks() {
  const program = await Program.prepare({ cpu: SERVER_CORE })
  try {
    await program.start()
    return await ackTimes(program.url, 'ack')
  } finally {
    await program.remove()
  }
}

/** The same at a server that runs; `name` is what the people are called. */
export async function ackTimes(url, name) {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, (_, i) => enter(url, `${name}${i}`)),
  )
  const waits = []
  for (let i = 0; i < RATE * SECONDS; i++) {
    clients[i % CLIENTS].say(`${name}-${i}-0000`, (ms) => waits.push(ms))
    await wait(1_000 / RATE)
  }
  await wait(500)
  for (const { close } of clients) close()
  waits.sort((a, b) => a - b)
  const at = (share) => waits[Math.floor(waits.length * share)] ?? NaN
  return { p50: at(0.5), p99: at(0.99), max: waits.at(-1) ?? NaN, acks: waits.length }
}

async function enter(url, name) {
  const { cookie } = await signIn(url, name)
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  await once(ws, 'open')
  const waiting = new Map()
  ws.on('message', (text) => {
    const { type, cid } = JSON.parse(text)
    if (type !== 'ack') return
    waiting.get(cid)?.()
    waiting.delete(cid)
  })
  ws.send(JSON.stringify({ type: 'join', cid: `join-${name}-0000`, room: 'lobby' }))
  return {
    say(cid, done) {
      const sent = performance.now()
      waiting.set(cid, () => done(performance.now() - sent))
      ws.send(JSON.stringify({ type: 'chat', cid, room: 'lobby', data: 'how long does it take?' }))
    },
    close: () => ws.terminate(),
  }
}
